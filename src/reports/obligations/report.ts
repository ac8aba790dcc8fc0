import { instant, type BodyId, type IncidentId, type Instant, type RegimeId } from "../../kernel/brand.js";
import type { Regime } from "../../domain/obligation/regime.js";
import type { DisruptionRow, IncidentRow, ObligationRow } from "../../../projections/rows.js";
import { PAGE_CAP, type IncidentFilter, type KnownLedger } from "../../readmodel/known-ledger.js";
import { parseLocalDate } from "../../time/text.js";
import { earliestOf } from "../../time/when.js";
import { notKnown } from "../not-known.js";
import { owedSpans, type OwedSpans } from "../owed.js";
import { hits } from "../hit.js";
import { keyOf, obligationsOf, undecided, type BodyObligation, type StageState } from "./board.js";

/** What the board is made of. A `KnownLedger` gives it. */
export type ObligationQueries = Pick<KnownLedger, "knowledge" | "incidents" | "listIncidents" | "obligationsOfIncidents" | "obligationsOfRegimes" | "allObligations" | "disruptionsOfIncidents" | "adoptionsOfServices" | "bodies">;

/** Which obligations; all that is given must hold. */
export interface ObligationFilter {
  readonly incidentId?: IncidentId;
  readonly bodyId?: BodyId;
  readonly regimeId?: RegimeId;
  /** With a stage in one of these states. */
  readonly states?: readonly StageState[];
  readonly decisions?: readonly BodyObligation["decision"][];
}

export interface BoardQuestion {
  readonly regimes: ReadonlyMap<RegimeId, Regime>;
  readonly now: Instant;
  readonly filter: ObligationFilter;
}

/**
 * What is due, done and missed under legal regimes, the next due time first; then what is undecided, silence being no answer (domain.md, "Legal clocks"): of incidents
 * that are not closed, or under which something is recorded; of any incident that is named. What was decided stays also when the file of its regime is gone. What
 * happened after `now` is left out. In the order of `placeOf`. Throws LedgerError NOT_FOUND for an incident, a body or a regime of which nothing
 * is known: a board without them would look as if nothing were due.
 */
export function obligationBoard(ledger: ObligationQueries, { regimes, now, filter }: BoardQuestion): readonly BodyObligation[] {
  const { incidentId, bodyId, regimeId } = filter;
  const rows = rowsOf(ledger, filter);
  if (bodyId !== undefined && !ledger.bodies([bodyId]).has(bodyId) && !rows.some((row) => row.bodyId === bodyId)) throw notKnown("body", bodyId);
  if (regimeId !== undefined && !regimes.has(regimeId) && !rows.some((row) => row.regimeId === regimeId)) throw notKnown("regime", regimeId);
  const named = incidentId === undefined ? undefined : ledger.incidents([incidentId]).get(incidentId);
  if (incidentId !== undefined && named === undefined && rows.length === 0) throw notKnown("incident", incidentId);
  const recorded = obligationsOf(rows, regimes, now);
  const decided = new Set(recorded.filter(({ decision }) => decision !== "undecided").map(keyOf));
  const begun = new Set(recorded.map(keyOf));
  const asked = incidentId === undefined ? [...new Set([...openIncidents(ledger, now), ...recorded.map((each) => each.incidentId)])] : named === undefined || named.started > now ? [] : [incidentId];
  const silent = silentOf(ledger, asked, { regimes, decided, now }).filter((each) => !begun.has(keyOf(each)));
  return [...recorded, ...silent].filter((each) => fits(each, filter)).sort((a, b) => inOrder(placeOf(a), placeOf(b)));
}

function rowsOf(ledger: ObligationQueries, { incidentId, regimeId }: ObligationFilter): readonly ObligationRow[] {
  if (incidentId !== undefined) return ledger.obligationsOfIncidents([incidentId]).get(incidentId) ?? [];
  if (regimeId !== undefined) return ledger.obligationsOfRegimes([regimeId]).get(regimeId) ?? [];
  return ledger.allObligations();
}

/** Not closed as of `now`; what was closed since is among them when the question is put to an earlier time than that of the knowledge. */
function openIncidents(ledger: ObligationQueries, now: Instant): readonly IncidentId[] {
  const found: IncidentRow[] = [];
  const filter: IncidentFilter = now < ledger.knowledge.instant ? {} : { statuses: ["open", "resolved"] };
  for (let after: string | undefined, more = true; more; ) {
    const page = ledger.listIncidents(filter, { by: "started", direction: "descending" }, { first: PAGE_CAP, ...(after !== undefined && { after }) });
    found.push(...page.edges.flatMap(({ row }) => (wasOpenAt(row, now) ? [row] : [])));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  return found.map(({ incidentId }) => incidentId);
}

function wasOpenAt({ started, status, closedAt }: IncidentRow, now: Instant): boolean {
  return started <= now && (status !== "closed" || (closedAt !== undefined && earliestOf(closedAt) > now));
}

function silentOf(ledger: ObligationQueries, incidentIds: readonly IncidentId[], { regimes, decided, now }: Pick<BoardQuestion, "regimes" | "now"> & { readonly decided: ReadonlySet<string> }): readonly BodyObligation[] {
  if (incidentIds.length === 0 || regimes.size === 0) return [];
  const disruptions = ledger.disruptionsOfIncidents(incidentIds);
  const services = [...new Set([...disruptions.values()].flat().map(({ serviceId }) => serviceId))];
  const adoptions = [...ledger.adoptionsOfServices(services).values()].flat();
  const bodyIds = [...new Set(adoptions.map(({ bodyId }) => bodyId))].sort();
  const rows = ledger.bodies(bodyIds);
  const owed = new Map<BodyId, OwedSpans>(bodyIds.map((id) => [id, owedSpans(rows.get(id), adoptions.filter(({ bodyId }) => bodyId === id))]));
  return incidentIds.flatMap((incidentId) => {
    const own = (disruptions.get(incidentId) ?? []).flatMap((row) => soFar(row, now));
    const hit = bodyIds.filter((bodyId) => own.some((row) => hits(row, bodyId, owed.get(bodyId) ?? new Map())));
    const from = Math.min(...own.map(({ started }) => started));
    const asked = new Map([...regimes].filter(([, regime]) => isAskedAt(regime, from)));
    return undecided(incidentId, hit, { known: asked, decided });
  });
}

/** A disruption as far as it had come by `now`; none if it had not begun. */
function soFar(row: DisruptionRow, now: Instant): readonly DisruptionRow[] {
  if (row.started > now) return [];
  return [{ ...row, phases: row.phases.filter(({ at }) => earliestOf(at) <= now), ended: instant(Math.min(row.ended, now)) }];
}

/** Whether the law asked it already when the incident began. */
function isAskedAt({ since, zone }: Regime, at: number): boolean {
  const from = since === undefined ? undefined : parseLocalDate(since, zone);
  return from?.ok !== true || from.value <= at;
}

function fits(each: BodyObligation, { bodyId, regimeId, states, decisions }: ObligationFilter): boolean {
  return (bodyId === undefined || each.bodyId === bodyId) && (regimeId === undefined || each.regimeId === regimeId)
    && (decisions?.includes(each.decision) ?? true) && (states === undefined || each.stages.some(({ state }) => states.includes(state)));
}

/** Where an obligation stands in the order of the board. */
export interface Place {
  readonly rank: number;
  readonly key: string;
}
/** What is still due first, by its due time; then what is done, missed or does not apply; the undecided last. */
export function placeOf(each: BodyObligation): Place {
  return { rank: rankOf(each), key: keyOf(each) };
}
/** Negative where `a` comes before `b`. */
export function inOrder(a: Place, b: Place): number {
  return a.rank - b.rank || (a.key < b.key ? -1 : a.key === b.key ? 0 : 1);
}
function rankOf({ decision, stages }: BodyObligation): number {
  const due = stages.filter(({ filed }) => filed === undefined).map(({ dueAt }) => dueAt ?? Number.MAX_SAFE_INTEGER - 3);
  if (due.length > 0) return Math.min(...due);
  return Number.MAX_SAFE_INTEGER - (decision === "applies" ? 2 : decision === "does-not-apply" ? 1 : 0);
}
