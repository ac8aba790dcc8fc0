import type { DisruptionRef, Naming } from "./naming.js";
import { plural } from "./plural.js";
import type { Headlines, Words } from "./words.js";

const quoted = (text: { readonly text: string } | undefined): string => (text === undefined ? "" : `: “${text.text}”`);
const scope = { all: "for all bodies that have it", bodies: (names: string) => `for ${names}` };

/** The service that a disruption hits, and which disruption of it. */
const disrupted = (ref: DisruptionRef, names: Naming): string => {
  const service = names.disrupted(ref);
  return service === undefined ? `Disruption ${ref.disruptionId}` : `${service} (${ref.disruptionId})`;
};

const headline: Headlines = {
  BodyJoined: ({ name }) => `${name} joins the CST`,
  BodyRenamed: ({ bodyId, name }, { names }) => `${names.body(bodyId)} is called ${name}`,
  WorkstationsDeclared: ({ bodyId, workstations }, { names }) => `${names.body(bodyId)} has ${plural(workstations, "workstation", "workstations")}`,
  BodyLeft: ({ bodyId }, { names }) => `${names.body(bodyId)} leaves the CST`,
  ServiceCatalogued: ({ name }) => `${name} is in the catalogue`,
  ServiceAdopted: ({ serviceId, bodyId }, { names }) => `${names.body(bodyId)} adopts ${names.service(serviceId)}`,
  ServiceDropped: ({ serviceId, bodyId }, { names }) => `${names.body(bodyId)} drops ${names.service(serviceId)}`,
  ContractAwarded: ({ title, supplier }) => `Contract awarded: ${title}, to ${supplier}`,
  ContractAmended: ({ amount, reason }, { money }) => `Contract amended to ${money(amount.amountCents, amount.currency)}: “${reason}”`,
  FeeAgreed: ({ fee, per }, { money }) => `Fee agreed: ${money(fee.amountCents, fee.currency)} a ${per}`,
  WorkstationCostAgreed: ({ yearlyCost }, { money }) => `Cost of a workstation agreed: ${money(yearlyCost.amountCents, yearlyCost.currency)} a year`,
  TermsAgreed: ({ terms }) => `Terms agreed: ${terms.title}`,
  PenaltyDetermined: ({ penaltyId, amount, computation, text }, { money }) =>
    `Penalty ${penaltyId} determined: ${money(amount.amountCents, amount.currency)}, from computation ${computation.number} of ${computation.period}${quoted(text)}`,
  PenaltyAdjusted: ({ penaltyId, amount, reason }, { money }) => `Penalty ${penaltyId} adjusted by ${money(amount.amountCents, amount.currency)}: “${reason}”`,
  PenaltyCollected: ({ penaltyId, amount, text }, { money }) =>
    `${amount.amountCents > 0 ? "Collected" : "Paid back"} ${money(Math.abs(amount.amountCents), amount.currency)} of the penalty ${penaltyId}${quoted(text)}`,
  PenaltyApportioned: ({ penaltyId, amount, shares }, { money }) =>
    `${money(amount.amountCents, amount.currency)} of the penalty ${penaltyId} shared among ${plural(shares.length, "body", "bodies")}`,
  AssessmentComputed: ({ period, number, verdicts }) =>
    `Service levels of ${period}, computation ${number}: ${plural(verdicts.breached, "level missed", "levels missed")}`,
  FindingRecorded: ({ findingId, text }) => `Finding ${findingId}${quoted(text)}`,
  ObjectionRaised: ({ objectionId, channel, text }) => `Objection ${objectionId} (${channels[channel]})${quoted(text)}`,
  CounterArgumentsReceived: ({ objectionId, text }) => `Counter-arguments to the objection ${objectionId}${quoted(text)}`,
  ExclusionGranted: ({ exclusionId, text }) => `Exclusion ${exclusionId} granted${quoted(text)}`,
  ExclusionRefused: ({ exclusionId, text }) => `Exclusion ${exclusionId} refused${quoted(text)}`,
  ObligationApplies: ({ bodyId, regime, reason }, { names }) => `${regime.title.en}: applies to ${names.body(bodyId)}, “${reason}”`,
  ObligationDoesNotApply: ({ bodyId, regimeId, reason }, { names }) => `${regimeId}: does not apply to ${names.body(bodyId)}, “${reason}”`,
  AwarenessEstablished: ({ bodyId, regimeId, text }, { names }) => `${regimeId}: ${names.body(bodyId)} is aware${quoted(text)}`,
  NotificationFiled: ({ bodyId, regimeId, stage, reference }, { names }) => `${regimeId}: ${names.body(bodyId)} has filed ${stage}${reference === undefined ? "" : ` (${reference})`}`,
  MaintenanceAnnounced: ({ serviceIds, window, text }, { names, time }) =>
    `Maintenance of ${serviceIds.map(names.service).join(", ")} until ${time(window.end)}${quoted(text)}`,
  MaintenanceCancelled: ({ maintenanceId, reason }) => `Maintenance ${maintenanceId} cancelled${reason === undefined ? "" : `: “${reason}”`}`,
  IncidentReported: ({ title, description }) => `Incident reported: ${title}${quoted(description)}`,
  SeverityAssigned: ({ severity }) => `Severity: ${en.severity[severity]}`,
  IncidentAcknowledged: ({ text }) => `The supplier takes charge${quoted(text)}`,
  DisruptionOpened: ({ serviceId, degree, scope: hit, text }, { names }) =>
    `${names.service(serviceId)}: ${en.degree[degree]} ${hit.kind === "all" ? scope.all : scope.bodies(hit.bodyIds.map(names.body).join(", "))}${quoted(text)}`,
  DisruptionRescoped: ({ scope: hit, ...of }, { names }) =>
    `${disrupted(of, names)}: from now on ${hit.kind === "all" ? scope.all : scope.bodies(hit.bodyIds.map(names.body).join(", "))}`,
  DisruptionDegreeChanged: ({ degree, ...of }, { names }) => `${disrupted(of, names)}: now ${en.degree[degree]}`,
  DisruptionEnded: ({ text, ...of }, { names }) => `${disrupted(of, names)}: the service is back${quoted(text)}`,
  ResponseRecorded: ({ text }) => `Response${quoted(text)}`,
  SupplierNotified: ({ channel, text }) => `The supplier is notified (${channels[channel]})${quoted(text)}`,
  SupplierStatementReceived: ({ text }) => `The supplier states${quoted(text)}`,
  MembersInformed: ({ channel, text }) => `The members are informed (${channels[channel]})${quoted(text)}`,
  ClockPaused: ({ clock, reason }) => `The time to ${clock} is paused: “${reason}”`,
  ClockResumed: ({ clock }) => `The time to ${clock} runs again`,
  CauseAttributed: ({ category, party, text }) => `Cause: ${causes[category]}, ${parties[party]}${quoted(text)}`,
  ImprovementPromised: ({ text, dueAt }, { time }) => `Improvement promised${dueAt === undefined ? "" : ` by ${time(dueAt)}`}${quoted(text)}`,
  ImprovementCompleted: ({ text }) => `Improvement completed${quoted(text)}`,
  EvidenceAttached: ({ fileName, text }) => `Evidence: ${fileName}${quoted(text)}`,
  IncidentResolved: ({ text }) => `Incident resolved${quoted(text)}`,
  IncidentReopened: ({ reason }) => `Incident reopened: “${reason}”`,
  IncidentClosed: ({ text }) => `Incident closed${quoted(text)}`,
  ReportFiled: ({ title, text }) => `Report filed: ${title}${quoted(text)}`,
};

const channels = { email: "e-mail", "certified-email": "certified e-mail", phone: "phone", portal: "portal", meeting: "meeting", web: "web", other: "other" };
const causes = {
  hardware: "hardware", software: "software", network: "network", power: "power", capacity: "capacity", change: "a change",
  "human-error": "human error", security: "security", "third-party": "a third party", unknown: "unknown",
};
const parties = {
  supplier: "on the supplier's side", "lead-body": "on the lead body's side", "member-body": "on a member body's side",
  "third-party": "on a third party's side", unknown: "side unknown",
};

export const en: Words = {
  decimalMark: ".",
  groupMark: ",",
  date: (day, month, year) => `${year}-${month}-${day}`,
  between: (from, to) => `between ${from} and ${to}`,
  degree: { outage: "outage", partial: "partial outage", degraded: "degraded" },
  severity: { critical: "critical", high: "high", medium: "medium", low: "low" },
  cause: causes,
  party: parties,
  status: { open: "open", resolved: "resolved", closed: "closed" },
  state: { holds: "as recorded", corrected: "corrected", withdrawn: "withdrawn" },
  provisional: {
    "period-not-over": "the period was not over",
    "disruption-open": "a disruption was going on and is counted up to then",
    "incident-open": "an incident was still open: its times may still come",
    "deadline-ahead": "the time for an improvement or a report was not over",
  },
  communication: { "supplier-notified": "to the supplier", "supplier-statement": "from the supplier", "members-informed": "to the members" },
  notOwed: { "not-a-member": "not a member of the CST", "not-adopted": "service not adopted", "outside-service-hours": "outside service hours" },
  notAssessable: "not assessable",
  part: { counted: "agreed time", excluded: "not counted", "not-owed": "not owed" },
  up: "service available",
  disrupted: ({ degree, disruption, incident, weight, downtime, lostHours }) =>
    `${degree} by disruption ${disruption} (incident ${incident}), weight ${weight}: ${downtime} of downtime, ${lostHours} workstation-hours lost`,
  excluded: {
    maintenance: (id) => `maintenance ${id}, announced in time: not counted, whatever else happened`,
    window: (name) => `maintenance window ${name} of the terms: not counted, whatever else happened`,
    granted: (id, period) => `exclusion ${id} granted for ${period}: not counted, whatever else happened`,
  },
  bodiesHit: (hit, owed) => `${hit} of ${plural(owed, "body", "bodies")} hit`,
  cost: ({ lostHours, yearlyCost, unionHours, year, cost }) =>
    `${lostHours} workstation-hours lost × ${yearlyCost} a year ÷ ${unionHours} agreed hours in ${year} = ${cost}`,
  corrected: ({ by, at, reason }) => `corrected by ${by} on ${at}: “${reason}”`,
  withdrawn: ({ by, at, reason }) => `withdrawn by ${by} on ${at}: “${reason}”`,
  headline,
  level: {
    verdict: { met: "met", breached: "missed", undetermined: "undetermined", "not-assessable": "not assessable" },
    unit: {
      "percentage-points": { one: "percentage point", many: "percentage points" }, percent: { one: "percentage point", many: "percentage points" },
      minutes: { one: "minute", many: "minutes" }, hours: { one: "hour", many: "hours" }, days: { one: "day", many: "days" }, cases: { one: "case", many: "cases" },
    },
    stepCount: { commenced: { one: "commenced step", many: "commenced steps" }, whole: { one: "whole step", many: "whole steps" } },
    sentence: ({ title, figure, threshold, verdict }) => `${title}: ${figure}, ${threshold}: ${verdict}`,
    inTime: (percent) => `${percent} in time`,
    failure: { one: "failure", many: "failures" },
    atLeast: (threshold) => `threshold ${threshold}`,
    atMost: (threshold) => `at most ${threshold}`,
    stepsBelow: ({ beyond, step, steps, count, rate, base, amount }) => `${beyond} below the threshold = ${steps} of ${step}; ${count} × ${rate} × ${base} = ${amount}`,
    stepsBeyond: ({ beyond, step, steps, count, rate, base, amount }) => `${beyond} beyond the target = ${steps} of ${step}; ${count} × ${rate} × ${base} = ${amount}`,
    tier: ({ beyond, rate, base, amount }) => `${beyond} below the threshold; ${rate} × ${base} = ${amount}`,
    cases: ({ count, each, amount }) => `${count} × ${each} = ${amount}`,
  },
};
