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
  notOwed: { "not-a-member": "not a member of the CST", "not-adopted": "service not adopted" },
  notAssessable: "not assessable",
  part: { counted: "agreed time", excluded: "not counted", "not-owed": "not owed" },
  up: "service available",
  disrupted: ({ degree, disruption, incident, weight, downtime, lostHours }) =>
    `${degree} by disruption ${disruption} (incident ${incident}), weight ${weight}: ${downtime} of downtime, ${lostHours} workstation-hours lost`,
  excluded: (maintenance) => `maintenance ${maintenance}, recorded before it began: not counted, whatever else happened`,
  bodiesHit: (hit, owed) => `${hit} of ${plural(owed, "body", "bodies")} hit`,
  cost: ({ lostHours, yearlyCost, unionHours, year, cost }) =>
    `${lostHours} workstation-hours lost × ${yearlyCost} a year ÷ ${unionHours} agreed hours in ${year} = ${cost}`,
  corrected: ({ by, at, reason }) => `corrected by ${by} on ${at}: “${reason}”`,
  withdrawn: ({ by, at, reason }) => `withdrawn by ${by} on ${at}: “${reason}”`,
  headline,
};
