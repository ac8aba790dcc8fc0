import type { BodyId, IncidentId, Instant, RegimeId } from "../../kernel/brand.js";
import type { Regime } from "../../domain/obligation/regime.js";
import type { IncidentRow } from "../../../projections/rows.js";
import { PAGE_CAP, type KnownLedger } from "../../readmodel/known-ledger.js";
import { parseLocalDate } from "../../time/text.js";
import { notKnown } from "../not-known.js";
import { owedSpans, type OwedSpans } from "../owed.js";
import { hits } from "../hit.js";
import { keyOf, obligationsOf, undecided, type BodyObligation, type StageState } from "./board.js";

/** What the board is made of. A `KnownLedger` gives it. */
export type ObligationQueries = Pick<KnownLedger, "knowledge" | "incidents" | "listIncidents" | "obligationsOfIncidents" | "obligationsOfRegimes" | "disruptionsOfIncidents" | "adoptionsOfServices" | "bodies">;

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
 * What is due, done and missed under legal regimes, the next due time first; then what is undecided of incidents that are not closed, silence being no answer
 * (domain.md, "Legal clocks"). What was decided under a regime whose file is gone is told where its incident or the regime is named. Of a closed incident the undecided are told where it is named. Throws LedgerError NOT_FOUND for an incident that is not known.
 */
export function obligationBoard(ledger: ObligationQueries, { regimes, now, filter }: BoardQuestion): readonly BodyObligation[] {
  const { incidentId } = filter;
  if (incidentId !== undefined && !ledger.incidents([incidentId]).has(incidentId)) throw notKnown("incident", incidentId);
  const rows = incidentId === undefined
    ? [...ledger.obligationsOfRegimes(filter.regimeId === undefined ? [...regimes.keys()] : [filter.regimeId]).values()].flat()
    : ledger.obligationsOfIncidents([incidentId]).get(incidentId) ?? [];
  const recorded = obligationsOf(rows, regimes, now);
  const decided = new Set(recorded.filter(({ decision }) => decision !== "undecided").map(keyOf));
  const begun = new Set(recorded.map(keyOf));
  const open = incidentId === undefined ? openIncidents(ledger) : [incidentId];
  const silent = silentOf(ledger, open, { regimes, decided }).filter((each) => !begun.has(keyOf(each)));
  return [...recorded, ...silent].filter((each) => fits(each, filter)).sort(byDue);
}

function openIncidents(ledger: ObligationQueries): readonly IncidentId[] {
  const found: IncidentRow[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = ledger.listIncidents({ statuses: ["open", "resolved"] }, { by: "started", direction: "descending" }, { first: PAGE_CAP, ...(after !== undefined && { after }) });
    found.push(...page.edges.map(({ row }) => row));
    [after, more] = [page.endCursor, page.hasNextPage && found.length < MOST_INCIDENTS];
  }
  return found.map(({ incidentId }) => incidentId);
}

/** Latest incidents that are looked at for silence. */
const MOST_INCIDENTS = 200;

function silentOf(ledger: ObligationQueries, incidentIds: readonly IncidentId[], { regimes, decided }: { readonly regimes: BoardQuestion["regimes"]; readonly decided: ReadonlySet<string> }): readonly BodyObligation[] {
  if (incidentIds.length === 0 || regimes.size === 0) return [];
  const disruptions = ledger.disruptionsOfIncidents(incidentIds);
  const services = [...new Set([...disruptions.values()].flat().map(({ serviceId }) => serviceId))];
  const adoptions = [...ledger.adoptionsOfServices(services).values()].flat();
  const bodyIds = [...new Set(adoptions.map(({ bodyId }) => bodyId))].sort();
  const rows = ledger.bodies(bodyIds);
  const owed = new Map<BodyId, OwedSpans>(bodyIds.map((id) => [id, owedSpans(rows.get(id), adoptions.filter(({ bodyId }) => bodyId === id))]));
  return incidentIds.flatMap((incidentId) => {
    const own = disruptions.get(incidentId) ?? [];
    const hit = bodyIds.filter((bodyId) => own.some((row) => hits(row, bodyId, owed.get(bodyId) ?? new Map())));
    const from = Math.min(...own.map(({ started }) => started));
    const asked = new Map([...regimes].filter(([, regime]) => isAskedAt(regime, from)));
    return undecided(incidentId, hit, { known: asked, decided });
  });
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

/** What is still due first, by its due time; then what is done, missed or does not apply; the undecided last. */
function byDue(a: BodyObligation, b: BodyObligation): number {
  return rank(a) - rank(b) || (keyOf(a) < keyOf(b) ? -1 : 1);
}
function rank({ decision, stages }: BodyObligation): number {
  const due = stages.filter(({ filed }) => filed === undefined).map(({ dueAt }) => dueAt ?? Number.MAX_SAFE_INTEGER - 3);
  if (due.length > 0) return Math.min(...due);
  return Number.MAX_SAFE_INTEGER - (decision === "applies" ? 2 : decision === "does-not-apply" ? 1 : 0);
}
