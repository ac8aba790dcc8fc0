import { bodyId, contractId, disruptionId, exclusionId, incidentId, instant, maintenanceId, serviceId, zoneId, type Instant } from "../../../src/kernel/brand.js";
import type { LedgerCommand } from "../../../src/domain/record.js";
import { termsSchema, type Terms } from "../../../src/domain/terms/terms.js";
import type { Scope } from "../../../src/domain/values.js";
import type { AssessedPeriod } from "../../../src/reports/assessment/period.js";
import { isBand, type When } from "../../../src/time/when.js";
import { at } from "../../support/given.js";
import { everyone } from "../../support/lecco.js";
import { assessedCase, type AssessedCase } from "./assessed-case.js";
import { midnight } from "./naive-clock.js";
import type { Either, From, NaiveBody, NaiveDisruption, NaiveLedger } from "./naive-ledger.js";
import type { NaiveQuestion } from "./naive-assessment.js";
import { BODIES, SERVICES, type Document, type Frame, type Moment, type Setting, type Story } from "./stories.js";

/** One story told twice: to the second implementation, and to a ledger as commands. */
export const CONTRACT = contractId("spc-cloud-lotto-1");
export const SETUP = at("2017-06-01T08:00:00Z");
/** When incidents are recorded: after all that stories tell. */
export const AFTER = at("2020-06-01T08:00:00Z");
const FOREVER = 4e9;

/** A setting with the seconds of its period, by the clock of the second implementation. */
export function frameOf(setting: Setting): Frame {
  const { zone, label, kind } = setting;
  const year = Number(label.slice(0, 4));
  const first = kind === "year" ? 1 : kind === "quarter" ? Number(label.slice(6)) * 3 - 2 : Number(label.slice(5));
  const after = first + { month: 1, quarter: 3, year: 12 }[kind];
  const dateOf = (month: number): string => `${year + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-01`;
  return { ...setting, from: midnight(zone, dateOf(first)), to: midnight(zone, dateOf(after)) };
}

export function secondsOf({ frame }: Pick<Story, "frame">, moment: Moment): number {
  return frame.from + moment * frame.tick;
}
export function instantOf(seconds: number): Instant {
  return instant(seconds * 1000);
}

/** The documents of a story by their dates; the first may hold from before the period. */
export function termsOf({ documents, changes, beforehand, frame }: Story): readonly Terms[] {
  const dates = [...(beforehand ? ["2018-01-01"] : []), ...changes.toSorted()];
  return documents.slice(0, dates.length).map((told, index) => parsedTerms(told, dates[index] ?? "", frame.zone));
}
export function parsedTerms({ indicators: [first, second, third], weights, announced, notice, most, windows, ...told }: Document, effectiveFrom: string, zone: string): Terms {
  const known = Object.keys(told.calendars);
  const named = [first, ...second].map((each) => ({ ...each, calendar: known.includes(each.calendar) ? each.calendar : "sempre" }));
  return termsSchema.parse({
    format: 1, illustrative: true, title: "Livelli di servizio", contractId: CONTRACT, effectiveFrom, zone, currency: "EUR", cap: { percent: "10" }, ...told,
    ...(weights !== undefined && { weights }),
    maintenance: { announced, ...(notice !== undefined && { notice }), ...(most !== undefined && { atMostPerMonth: most }), ...(windows.length > 0 && { windows }) },
    indicators: [...named, ...third].map((each, index) => ({ ...each, id: `indicatore-${index}` })),
  });
}

/** The times of a disruption, all with a band of the same width, and what holds between them. */
function disruptionsOf(story: Story): readonly NaiveDisruption[] {
  return story.disruptions.map(({ service, begins, gaps, width, phases, ended, incident }, index) => {
    let moment = begins;
    const times = [begins, ...gaps.map((gap) => (moment += gap))].map((each): Either => [secondsOf(story, each), secondsOf(story, each + width)]);
    const isEnded = ended && times.length > 1;
    const told = times.slice(0, isEnded ? -1 : undefined);
    let holds = { degree: phases[0]?.degree ?? ("outage" as const), hits: phases[0]?.scope };
    const held = told.map((each, nth) => {
      const phase = phases[nth];
      if (nth > 0 && phase !== undefined) holds = phase.changes === "degree" ? { ...holds, degree: phase.degree } : { ...holds, hits: phase.scope };
      return { at: each, ...holds };
    });
    return { incident: `guasto-${incident}`, id: `d${index}`, service, phases: held, end: isEnded ? times.at(-1) : undefined };
  });
}

function bodiesOf(story: Story): readonly NaiveBody[] {
  const spanOf = ([from, to]: readonly [Moment, Moment | undefined]): From => [secondsOf(story, from), to === undefined ? FOREVER : secondsOf(story, to)];
  return story.bodies.map(({ member, adopted, workstations }, index) => ({
    id: BODIES[index] ?? "", member: [spanOf(member)], adopted: new Map(adopted.flatMap((span, nth) => (span === undefined ? [] : [[SERVICES[nth] ?? "", [spanOf(span)]] as const]))),
    workstations: workstations.map(([from, count]) => [secondsOf(story, from), count] as const).toSorted(([a], [b]) => a - b),
  }));
}

export function naiveLedgerOf(story: Story): NaiveLedger {
  const fees = story.fees.map(({ from, ...fee }) => ({ ...fee, from: secondsOf(story, from) })).toSorted((a, b) => a.from - b.from);
  const [award, ...amended] = story.amounts;
  return {
    zone: story.frame.zone, services: SERVICES, bodies: bodiesOf(story), terms: termsOf(story), disruptions: disruptionsOf(story),
    maintenance: story.maintenance.map(({ services, window, before, cancelled }) => ({
      services, window: [secondsOf(story, window[0]), secondsOf(story, window[1])], recordedAt: secondsOf(story, window[0] - before),
      cancelled: cancelled && [secondsOf(story, window[0] + cancelled[0]), secondsOf(story, window[0] + cancelled[0] + cancelled[1])],
    })),
    granted: story.granted.map(({ services, spans }) => ({ services, spans: spans.map(([from, to]) => [secondsOf(story, from), secondsOf(story, to)] as const) })),
    fees: [...(story.standingFee === undefined ? [] : [{ from: SETUP / 1000, cents: story.standingFee, per: "month" as const, currency: "EUR" }]), ...fees],
    amounts: award === undefined ? [] : [{ from: SETUP / 1000, cents: award.cents, currency: "EUR" }, ...amended.map(({ from, cents }) => ({ from: secondsOf(story, from), cents, currency: "EUR" })).toSorted((a, b) => a.from - b.from)],
  };
}

export function questionOf({ frame: { kind, from, to, tick }, asOf }: Story): NaiveQuestion {
  return { kind, from, to, tick, asOf: asOf === undefined ? AFTER / 1000 : from + asOf * tick };
}
export function periodOf({ frame: { label, kind, from, to, zone } }: Pick<Story, "frame">): AssessedPeriod {
  return { label, kind, span: { start: instantOf(from), end: instantOf(to) }, zone: zoneId(zone) };
}

function when([earliest, latest]: Either): When {
  return earliest === latest ? instantOf(earliest) : { earliest: instantOf(earliest), latest: instantOf(latest) };
}
function scopeOf(hits: readonly string[] | undefined): Scope {
  return hits === undefined ? { kind: "all" } : { kind: "bodies", bodyIds: hits.map(bodyId) };
}

/** Records what the second implementation was told. */
export function recorded(ledger: NaiveLedger, label: string): AssessedCase {
  const into = assessedCase();
  into.record(SETUP, ...contractCommands(ledger), ...ledger.services.map((id): LedgerCommand => ({ type: "CatalogueService", data: { serviceId: serviceId(id), name: id, contractId: CONTRACT, effectiveFrom: SETUP } })), ...ledger.bodies.flatMap(bodyCommands));
  for (const [index, { services, window, recordedAt, cancelled }] of ledger.maintenance.entries()) {
    const named = { contractId: CONTRACT, maintenanceId: maintenanceId(`m${index}`) };
    into.record(instantOf(recordedAt), { type: "AnnounceMaintenance", data: { ...named, serviceIds: services.map(serviceId), window: { start: instantOf(window[0]), end: instantOf(window[1]) }, text: everyone("Aggiornamento") } });
    if (cancelled !== undefined) into.record(AFTER, { type: "CancelMaintenance", data: { ...named, occurredAt: when(cancelled) } });
  }
  const granted = ledger.granted.map(({ services, spans }, index): LedgerCommand => ({
    type: "GrantExclusion", data: { contractId: CONTRACT, period: label, occurredAt: AFTER, exclusionId: exclusionId(`x${index}`), serviceIds: services.map(serviceId), spans: spans.map(([from, to]) => ({ start: instantOf(from), end: instantOf(to) })), text: everyone("Forza maggiore") },
  }));
  const incidents = [...new Set(ledger.disruptions.map(({ incident }) => incident))];
  into.record(AFTER, ...granted, ...incidents.map((id): LedgerCommand => ({ type: "ReportIncident", data: { incidentId: incidentId(id), occurredAt: instantOf(0), title: "Guasto", contractId: CONTRACT } })), ...ledger.disruptions.flatMap(disruptionCommands));
  return into;
}

function contractCommands({ zone, terms, fees, amounts: [award, ...amended] }: NaiveLedger): LedgerCommand[] {
  return [
    { type: "AwardContract", data: { contractId: CONTRACT, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", zone: zoneId(zone), effectiveFrom: SETUP, ...(award !== undefined && { amount: { amountCents: award.cents, currency: award.currency } }) } },
    ...amended.map(({ from, cents, currency }): LedgerCommand => ({ type: "AmendContract", data: { contractId: CONTRACT, amount: { amountCents: cents, currency }, reason: "Variante", effectiveFrom: instantOf(from) } })),
    ...fees.map(({ from, cents, per, currency }): LedgerCommand => ({ type: "AgreeFee", data: { contractId: CONTRACT, fee: { amountCents: cents, currency }, per, effectiveFrom: instantOf(from) } })),
    ...terms.map((each): LedgerCommand => ({ type: "AgreeTerms", data: { contractId: CONTRACT, terms: each, effectiveFrom: instantOf(midnight(zone, each.effectiveFrom)) } })),
  ];
}

function bodyCommands({ id, member, adopted, workstations }: NaiveBody): LedgerCommand[] {
  const named = { bodyId: bodyId(id) };
  return [
    ...member.flatMap(([from, to]): LedgerCommand[] => [
      { type: "JoinBody", data: { ...named, name: id, kind: "municipality", effectiveFrom: instantOf(from) } }, ...(to === FOREVER ? [] : [{ type: "LeaveBody" as const, data: { ...named, effectiveFrom: instantOf(to) } }]),
    ]),
    ...workstations.map(([from, count]): LedgerCommand => ({ type: "DeclareWorkstations", data: { ...named, workstations: count, effectiveFrom: instantOf(from) } })),
    ...[...adopted].flatMap(([service, spans]) => spans.flatMap(([from, to]): LedgerCommand[] => [
      { type: "AdoptService", data: { ...named, serviceId: serviceId(service), effectiveFrom: instantOf(from) } }, ...(to === FOREVER ? [] : [{ type: "DropService" as const, data: { ...named, serviceId: serviceId(service), effectiveFrom: instantOf(to) } }]),
    ])),
  ];
}

export function disruptionCommands({ incident, id, service, phases, end }: NaiveDisruption): LedgerCommand[] {
  const named = { incidentId: incidentId(incident), disruptionId: disruptionId(id) };
  const [first, ...later] = phases;
  if (first === undefined) return [];
  let before = first;
  return [
    { type: "OpenDisruption", data: { ...named, serviceId: serviceId(service), occurredAt: when(first.at), scope: scopeOf(first.hits), degree: first.degree } },
    ...later.map((phase): LedgerCommand => {
      const changed = phase.degree === before.degree ? { type: "RescopeDisruption" as const, data: { ...named, occurredAt: when(phase.at), scope: scopeOf(phase.hits) } } : { type: "ChangeDisruptionDegree" as const, data: { ...named, occurredAt: when(phase.at), degree: phase.degree } };
      before = phase;
      return changed;
    }),
    ...(end === undefined ? [] : [{ type: "EndDisruption" as const, data: { ...named, occurredAt: when(end) } }]),
  ];
}

/** Earliest and latest of a time, in seconds. */
export function eitherOf(time: When): Either {
  return isBand(time) ? [time.earliest / 1000, time.latest / 1000] : [time / 1000, time / 1000];
}
