import { instant, type ContractId } from "../../kernel/brand.js";
import { OPEN_ENDED } from "../../kernel/projection.js";
import type { Claim } from "../../domain/assessment/events.js";
import { byTime } from "../../domain/incident/order.js";
import type { DisruptionRow } from "../../../projections/rows.js";
import { earliestOf, latestOf } from "../../time/when.js";
import { once } from "../evaluated.js";
import { disruptionKey } from "../hit.js";
import { assess, type AssessmentOptions } from "./assessment.js";
import { changesBetween, type LevelChange } from "./changes.js";
import type { AssessedPeriod } from "./period.js";
import type { AssessmentQueries } from "./queries.js";

/** What taking claims over would change. */
export interface ClaimWorth {
  /** Figures that would change. */
  readonly changes: readonly LevelChange[];
  /** By how much the penalties together would change, in cents. */
  readonly centsDelta: { readonly min: number; readonly max: number };
}

/** The supplier's times beside ours, and what the difference is worth (domain.md, "From a breach to money"). Each answer is an assessment of the whole contract. */
export interface Claims {
  /** As the ledger has it; undefined where it knows no such disruption. */
  readonly recordedOf: (claim: Claim) => Pick<DisruptionRow, "start" | "end"> | undefined;
  /** What it would change if these claims, and no others, were taken over. */
  readonly worthOf: (taken: readonly Claim[]) => ClaimWorth;
}

export function weighClaims(ledger: AssessmentQueries, contractId: ContractId, assessed: AssessedPeriod, { claims, options }: { readonly claims: readonly Claim[]; readonly options: AssessmentOptions }): Claims {
  const ours = once(() => assess(ledger, contractId, assessed, options));
  const rows = ledger.disruptionsOfIncidents([...new Set(claims.map(({ incidentId }) => incidentId))]);
  return {
    recordedOf: ({ incidentId, disruptionId }) => rows.get(incidentId)?.find((each) => each.disruptionId === disruptionId),
    worthOf: (taken) => {
      const theirs = assess(claiming(ledger, taken), contractId, assessed, options);
      return {
        changes: changesBetween(ours(), theirs),
        centsDelta: { min: theirs.penaltyCents.min - ours().penaltyCents.min, max: theirs.penaltyCents.max - ours().penaltyCents.max },
      };
    },
  };
}

/** The ledger as it would be if the claims were true: a claim may move a disruption into a span, or out of it. */
function claiming(ledger: AssessmentQueries, claims: readonly Claim[]): AssessmentQueries {
  const byKey = new Map(claims.map((claim) => [disruptionKey(claim.incidentId, claim.disruptionId), claim]));
  const claimOf = ({ incidentId, disruptionId }: DisruptionRow): Claim | undefined => byKey.get(disruptionKey(incidentId, disruptionId));
  const ofIncidents: AssessmentQueries["disruptionsOfIncidents"] = (ids) => new Map([...ledger.disruptionsOfIncidents(ids)].map(([id, rows]) => [id, rows.map((row) => claimed(row, claimOf(row)))]));
  const moved = [...ofIncidents([...new Set(claims.map(({ incidentId }) => incidentId))]).values()].flat().filter((row) => claimOf(row) !== undefined);
  return {
    ...ledger,
    disruptionsOfIncidents: ofIncidents,
    disruptionsOfServices: (ids, { start, end }) => {
      const recorded = ledger.disruptionsOfServices(ids, { start, end });
      const within = moved.filter((row) => row.started < end && row.ended >= start);
      return new Map(ids.map((id) => [id, [...(recorded.get(id) ?? []).filter((row) => claimOf(row) === undefined), ...within.filter(({ serviceId }) => serviceId === id)]]));
    },
  };
}

/** A later start cuts off what was said to have happened before it; an end is never before the start. */
function claimed(row: DisruptionRow, claim: Claim | undefined): DisruptionRow {
  if (claim === undefined) return row;
  const start = claim.claimedStart ?? row.start;
  const end = claim.claimedEnd ?? row.end;
  const later = row.phases.slice(1).filter(({ at }) => byTime(at, start) > 0 && (end === undefined || byTime(at, end) < 0));
  const [first] = row.phases;
  const standing = row.phases.findLast(({ at }) => byTime(at, start) <= 0) ?? first;
  return {
    ...row, start, end: end !== undefined && byTime(end, start) < 0 ? start : end,
    phases: standing === undefined ? later : [{ ...standing, at: start }, ...later],
    started: earliestOf(start), ended: end === undefined ? instant(OPEN_ENDED) : latestOf(end),
  };
}
