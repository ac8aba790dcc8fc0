import type { EventId, Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { AssessmentEvent, Miss } from "../../domain/assessment/events.js";
import { RecordedTime, type TimeData, frozenTime } from "../terms/recorded-time.js";
import { liveTime } from "../terms/time-source.js";
import { affectedBodies } from "./affected.js";
import { assess, type Assessment } from "./assessment.js";
import { canonicalFigures } from "./canonical.js";
import type { Level } from "./level.js";
import { kindOf, type AssessedPeriod } from "./period.js";
import type { AssessmentQueries } from "./queries.js";

export type Computation = Extract<AssessmentEvent, { type: "AssessmentComputed" }>;

/** What a computation is frozen with, beside the ledger as it is known. */
export interface Freezing {
  /** The last event of that knowledge. */
  readonly lastEventId: EventId;
  /** Its number; without it, the next after those that are known. */
  readonly number?: number;
  /** When it is computed; what happened later is left out. */
  readonly now: Instant;
  readonly data: TimeData;
  /** SHA-256 in lower-case hexadecimal. */
  readonly digestOf: (text: string) => string;
}

/**
 * The next computation of an assessment, numbered and complete (domain.md, "From a breach to money"). Throws LedgerError: NOT_FOUND for a contract that is not
 * known, PERIOD_NOT_OVER, WRONG_STATE where no terms hold or a base is missing, STREAM_NOT_UNDERSTOOD where events that this release does not understand matter.
 */
export function freeze(ledger: AssessmentQueries, contractId: Assessment["contract"]["contractId"], assessed: AssessedPeriod, { lastEventId, now, number, data, digestOf }: Freezing): Computation["data"] {
  const time = new RecordedTime(liveTime());
  const assessment = assess(ledger, contractId, assessed, { asOf: now, time });
  mustBeComplete(assessment);
  // Shares of a penalty are worked out from it later, of services that no level may be of: the hours that they rest on are frozen with it.
  affectedBodies(ledger, { contractId, span: assessed.span, zone: assessed.zone, occurredAt: now }, time);
  const { verdicts, levels, currency, penaltyCents } = assessment;
  return {
    contractId, period: assessed.label, occurredAt: now, number: number ?? (computationsOf(ledger, contractId, assessed.label).at(-1)?.data.number ?? 0) + 1,
    span: assessed.span, zone: assessed.zone, lastEventId, digest: digestOf(canonicalFigures(assessment)), frozen: time.frozen(data),
    verdicts: { met: verdicts.met, breached: verdicts.breached, undetermined: verdicts.undetermined, notAssessable: verdicts["not-assessable"] },
    currency, penaltyCents, missed: levels.flatMap(missOf),
  };
}

function missOf({ name, indicator, bodyId, serviceId, verdict, penalty }: Level): readonly Miss[] {
  if (verdict !== "breached" && verdict !== "undetermined") return [];
  const subject = { ...(bodyId !== undefined && { bodyId }), ...(serviceId !== undefined && { serviceId }) };
  return [{ level: name, indicatorId: indicator.id, ...subject, verdict, penaltyCents: penalty?.cents ?? { min: 0, max: 0 } }];
}

function mustBeComplete({ contract, assessed, asOf, parts, missingBases, notUnderstood }: Assessment): void {
  const params = { contractId: contract.contractId, period: assessed.label };
  if (asOf < assessed.span.end) {
    const end = new Date(assessed.span.end).toISOString();
    throw new LedgerError({ code: "PERIOD_NOT_OVER", field: "period", params: { ...params, end }, message: `${assessed.label} is not over before ${end}; look at it with slaAssessment until then, and compute it afterwards` });
  }
  if (parts.length === 0) {
    throw new LedgerError({ code: "WRONG_STATE", field: "period", params, message: `no terms hold in ${assessed.label} for ${contract.contractId}; agree them first (agreeTerms)` });
  }
  const [missing] = missingBases;
  if (missing !== undefined) {
    const what = missing.of === "period-fee" ? "no fee is agreed for all of it (agreeFee)" : "no contract amount is agreed (amendContract)";
    throw new LedgerError({ code: "WRONG_STATE", field: "period", params: { ...params, indicatorId: missing.indicatorId }, message: `the penalty of ${missing.indicatorId} cannot be worked out for ${assessed.label}: ${what}, in ${missing.currency}` });
  }
  const [first] = notUnderstood;
  if (first !== undefined) {
    throw new LedgerError({ code: "STREAM_NOT_UNDERSTOOD", params: { ...params, stream: first.stream }, message: `the figures depend on events that this release does not understand (${first.stream}: ${first.detail}); use the release that wrote them, or a newer one` });
  }
}

/** The frozen computations of an assessment, by number, each with its event. */
export function computationsOf(ledger: Pick<AssessmentQueries, "assessmentsOfContracts">, contractId: Assessment["contract"]["contractId"], label: string): readonly RecordedComputation[] {
  const steps = ledger.assessmentsOfContracts([contractId]).get(contractId) ?? [];
  return steps.flatMap(({ fact, eventId, period }) => (fact.type === "AssessmentComputed" && period === label ? [{ eventId, data: fact.data }] : [])).sort((a, b) => a.data.number - b.data.number);
}
export interface RecordedComputation {
  readonly eventId: EventId;
  readonly data: Computation["data"];
}

/** A frozen computation worked out anew. `ledger`: as it was known right after the computation's last event. The same bytes, on any machine. */
export function reproduce(ledger: AssessmentQueries, { contractId, period, span, zone, occurredAt, frozen }: Computation["data"]): Assessment {
  const kind = kindOf(period);
  if (kind === undefined) throw new TypeError(`${period} is no period of an assessment`);
  return assess(ledger, contractId, { label: period, kind, span, zone }, { asOf: occurredAt, time: frozenTime(frozen) });
}
