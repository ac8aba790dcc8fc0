import { entryId, eventId, exclusionId, findingId, instant, objectionId, penaltyId, regimeId } from "../../src/kernel/brand.js";
import type { FactCommand } from "../../src/domain/record.js";
import { CHANNELS } from "../../src/domain/incident/events.js";
import { termsSchema } from "../../src/domain/terms/terms.js";
import { KEYS } from "../../src/sla/apportionment.js";
import { ROME } from "../../src/time/zone.js";
import { GDPR, TERMS } from "../support/terms.js";
import { BODY_IDS, CONTRACT_IDS, DISRUPTION_IDS, EPOCH, hour, INCIDENT_IDS, money, one, SERVICE_IDS, textOf, type Make, type Move } from "./move.js";

/** The regime of all obligations in random histories. */
export const REGIME = regimeId(GDPR.id);
const DAYS = ["2019-09-01", "2019-10-01", "2019-11-01"];
const MIDNIGHTS = [EPOCH, instant(EPOCH + 30 * 86_400_000), instant(EPOCH + 61 * 86_400_000 + 3_600_000)];
const PERIODS = ["2019-09", "2019-Q3"] as const;
const SOME_EVENT = eventId("01930000-0000-7000-8000-000000000001");
/** Enough different ones, of which some are asked for again. */
const few = (what: string, n: number): string => `${what}${n % 4}`;

function terms(contract: (typeof CONTRACT_IDS)[number], n: number): Extract<FactCommand, { type: "AgreeTerms" }> {
  const effectiveFrom = one(DAYS, n);
  return { type: "AgreeTerms", data: { contractId: contract, terms: termsSchema.parse({ ...TERMS, contractId: contract, effectiveFrom, title: `Livelli ${n % 5}`, cap: { percent: one(["10", "20", "5"], n) } }), effectiveFrom: one(MIDNIGHTS, n) } };
}

const computed = (contract: (typeof CONTRACT_IDS)[number], period: string, number: number): FactCommand => ({
  type: "ComputeAssessment",
  data: {
    contractId: contract, period, number, occurredAt: hour(2400), span: { start: EPOCH, end: hour(720) }, zone: ROME, lastEventId: SOME_EVENT, digest: "a".repeat(64),
    frozen: { zoneData: "2025b", holidayData: "date-holidays", months: [], calendars: [], windows: [] }, verdicts: { met: 1, breached: 2, undetermined: 1, notAssessable: 0 },
    currency: "EUR", penaltyCents: { min: 10, max: 20 },
    missed: ["a", "b"].map((level) => ({ level, indicatorId: "disponibilita", verdict: "breached" as const, penaltyCents: { min: 5, max: 5 } })),
  },
});

const assessed = (m: Move) => ({ contractId: one(CONTRACT_IDS, m.who), period: one(PERIODS, m.which), occurredAt: hour(m.hour) });
const penalty = (m: Move) => ({ contractId: one(CONTRACT_IDS, m.who), penaltyId: penaltyId(`p${m.which % 2}`), occurredAt: hour(m.hour) });
const entry = (m: Move) => ({ ...penalty(m), entryId: entryId(`m${m.what % 40}`) });
const rests = (m: Move) => ({ period: one(PERIODS, m.which), number: 1 + (m.what % 2), eventId: SOME_EVENT });
const bound = (m: Move) => ({ incidentId: one(INCIDENT_IDS, m.who), regimeId: REGIME, bodyId: one(BODY_IDS, m.which), occurredAt: hour(m.hour) });
const excluded = (m: Move) => ({ ...assessed(m), exclusionId: exclusionId(few("e", m.what)), ...(m.band > 0 && { objectionId: objectionId(few("o", m.what)) }), text: textOf(m) });

/** Terms, assessments and what is made of them, and legal obligations. */
export const OF_SERVICE_LEVELS: readonly Make[] = [
  (m) => terms(one(CONTRACT_IDS, m.who), m.what),
  (m) => computed(one(CONTRACT_IDS, m.who), one(PERIODS, m.which), 1 + (m.what % 3)),
  (m) => ({ type: "RecordFinding", data: { ...assessed(m), findingId: findingId(few("f", m.what)), number: 1 + (m.hours % 2), level: one(["a", "b", "c"], m.what), text: textOf(m) } }),
  (m) => ({ type: "RaiseObjection", data: { ...assessed(m), objectionId: objectionId(few("o", m.what)), findingIds: [findingId(few("f", m.hours))], channel: one(CHANNELS, m.what), text: textOf(m) } }),
  (m) => ({ type: "RecordCounterArguments", data: { ...assessed(m), entryId: entryId(few("r", m.what)), objectionId: objectionId(few("o", m.hours)), text: textOf(m), claims: [{ incidentId: one(INCIDENT_IDS, m.what), disruptionId: one(DISRUPTION_IDS, m.what), claimedEnd: hour(m.hours) }] } }),
  (m) => ({ type: "GrantExclusion", data: { ...excluded(m), serviceIds: [one(SERVICE_IDS, m.what)], spans: [{ start: hour(m.hour), end: hour(m.hour + 1 + m.hours) }] } }),
  (m) => ({ type: "RefuseExclusion", data: excluded(m) }),
  (m) => ({ type: "DeterminePenalty", data: { ...penalty(m), computation: rests(m), amount: money(1 + (m.what % 40)) } }),
  (m) => ({ type: "AdjustPenalty", data: { ...entry(m), amount: money((m.what % 40) - 20), reason: "Accordo", ...(m.band > 0 && { computation: rests(m) }) } }),
  (m) => ({ type: "CollectPenalty", data: { ...entry(m), amount: money((m.what % 12) - 2) } }),
  (m) => ({ type: "ApportionPenalty", data: { ...entry(m), amount: money(1 + (m.what % 3)), key: one(KEYS, m.what), computation: rests(m), shares: [{ bodyId: one(BODY_IDS, m.what), weight: "7/2", amountCents: 1 + (m.what % 3) }] } }),
  (m) => ({ type: "DecideObligationApplies", data: { ...bound(m), regime: GDPR, reason: "Dati personali" } }),
  (m) => ({ type: "DecideObligationDoesNotApply", data: { ...bound(m), reason: "Nessun dato" } }),
  (m) => ({ type: "EstablishAwareness", data: { ...bound(m), text: textOf(m) } }),
  (m) => ({ type: "FileNotification", data: { ...bound(m), entryId: entryId(`n${m.what}`), stage: one(["notification", "other"], m.what), text: textOf(m) } }),
];

/** Beginnings of all that, so that some of it finds what it is about. */
export const AGREED: readonly FactCommand[] = [...CONTRACT_IDS.flatMap((id, n): readonly FactCommand[] => [
  terms(id, 0),
  { type: "AmendContract", data: { contractId: id, amount: money(1000), reason: "Importo", effectiveFrom: EPOCH } },
  computed(id, one(PERIODS, n), 1),
  { type: "RecordFinding", data: { contractId: id, period: one(PERIODS, n), occurredAt: hour(2400), findingId: findingId("f0"), number: 1, level: "a" } },
  { type: "RaiseObjection", data: { contractId: id, period: one(PERIODS, n), occurredAt: hour(2400), objectionId: objectionId("o0"), findingIds: [findingId("f0")], channel: "phone", text: { text: "Si contesta", language: "it", audience: { kind: "everyone" } } } },
  { type: "DeterminePenalty", data: { contractId: id, penaltyId: penaltyId("p0"), occurredAt: hour(2400), computation: { period: one(PERIODS, n), number: 1, eventId: SOME_EVENT }, amount: money(60) } },
  { type: "CollectPenalty", data: { contractId: id, penaltyId: penaltyId("p0"), entryId: entryId("c0"), occurredAt: hour(2400), amount: money(2) } },
]), ...BODY_IDS.map((id): FactCommand => ({ type: "DecideObligationApplies", data: { incidentId: one(INCIDENT_IDS, 0), regimeId: REGIME, bodyId: id, occurredAt: hour(2400), regime: GDPR, reason: "Dati personali" } }))];
