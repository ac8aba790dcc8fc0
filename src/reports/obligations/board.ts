import { instant, type BodyId, type EntryId, type EventId, type IncidentId, type Instant, type RegimeId } from "../../kernel/brand.js";
import type { Regime, Stage } from "../../domain/obligation/regime.js";
import type { ObligationRow } from "../../../projections/rows.js";
import { endOfStage } from "./deadline.js";

/**
 * Where a stage stands. `not-aware`: its time has not begun. `running`, and `due-soon` from three quarters of its time on; `missed` stays so for ever, unless it is
 * filed: then it is `filed-late`. `filed`: whether in time nobody can say, for awareness is not established.
 */
export const STAGE_STATES = ["not-aware", "running", "due-soon", "filed", "filed-in-time", "filed-late", "missed"] as const;
export type StageState = (typeof STAGE_STATES)[number];

export const DECISIONS = ["undecided", "applies", "does-not-apply"] as const;
/** Silence is `undecided`, and no answer. */
export type Decision = (typeof DECISIONS)[number];

export interface ObligationStage {
  readonly stage: Stage;
  readonly state: StageState;
  /** From when its time runs: awareness, or the filing of the stage it comes after; where that was not filed, the end of its time. */
  readonly from: Instant | undefined;
  readonly dueAt: Instant | undefined;
  readonly filed: { readonly at: Instant; readonly entryId: EntryId; readonly reference: string | undefined; readonly eventId: EventId } | undefined;
}

/** What a regime asks of one body after one incident. */
export interface BodyObligation {
  readonly incidentId: IncidentId;
  readonly regimeId: RegimeId;
  readonly bodyId: BodyId;
  readonly decision: Decision;
  /** Why it was decided so, by which event; undefined while undecided. */
  readonly decided: { readonly reason: string; readonly at: Instant; readonly eventId: EventId } | undefined;
  /** As it was when it was decided that it applies; else as it is now, if it is known. */
  readonly regime: Regime | undefined;
  readonly awareness: { readonly at: Instant; readonly eventId: EventId } | undefined;
  /** Of a regime that applies, or that may: awareness is established, and nobody has decided. Empty otherwise. */
  readonly stages: readonly ObligationStage[];
}

/** What has been decided, established and filed as of `now`, a body each; `known` are the regimes as they are now. By incident, regime and body. */
export function obligationsOf(rows: readonly ObligationRow[], known: ReadonlyMap<RegimeId, Regime>, now: Instant): readonly BodyObligation[] {
  const groups = new Map<string, ObligationRow[]>();
  for (const row of rows) {
    if (row.occurred > now) continue;
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => {
    const [first] = group;
    return first === undefined ? [] : [obligationOf(first, group, { known, now })];
  });
}

/** Names an obligation of a body. */
export function keyOf({ incidentId, regimeId, bodyId }: Pick<BodyObligation, "incidentId" | "regimeId" | "bodyId">): string {
  return `${incidentId}/${regimeId}/${bodyId}`;
}

/** Of an incident: the bodies that it hit and about which nothing was decided, regime by regime. */
export function undecided(incidentId: IncidentId, hit: readonly BodyId[], { known, decided }: { readonly known: ReadonlyMap<RegimeId, Regime>; readonly decided: ReadonlySet<string> }): readonly BodyObligation[] {
  return [...known.values()].flatMap((regime) => hit.filter((bodyId) => !decided.has(keyOf({ incidentId, regimeId: regime.id, bodyId }))).map((bodyId): BodyObligation => (
    { incidentId, regimeId: regime.id, bodyId, decision: "undecided", decided: undefined, regime, awareness: undefined, stages: [] }
  )));
}

function obligationOf({ incidentId, regimeId, bodyId }: ObligationRow, rows: readonly ObligationRow[], { known, now }: { readonly known: ReadonlyMap<RegimeId, Regime>; readonly now: Instant }): BodyObligation {
  const decisions = rows.flatMap(({ fact, eventId }) => (fact.type === "ObligationApplies" || fact.type === "ObligationDoesNotApply" ? [{ fact, eventId }] : []));
  const last = decisions.at(-1);
  const aware = rows.find(({ fact }) => fact.type === "AwarenessEstablished");
  const regime = last?.fact.type === "ObligationApplies" ? last.fact.data.regime : known.get(regimeId);
  const applies = last?.fact.type === "ObligationApplies";
  const mayApply = last === undefined && aware !== undefined;
  return {
    incidentId, regimeId, bodyId, regime,
    decision: last === undefined ? "undecided" : applies ? "applies" : "does-not-apply",
    decided: last && { reason: last.fact.data.reason, at: last.fact.data.occurredAt, eventId: last.eventId },
    awareness: aware && { at: aware.occurred, eventId: aware.eventId },
    stages: (applies || mayApply) && regime !== undefined ? stagesOf(regime, rows, { awareSince: aware?.occurred, now }) : [],
  };
}

function stagesOf({ stages, zone }: Regime, rows: readonly ObligationRow[], { awareSince, now }: { readonly awareSince: Instant | undefined; readonly now: Instant }): readonly ObligationStage[] {
  const done = new Map<string, ObligationStage>();
  for (const stage of stages) {
    const before = stage.after === undefined ? undefined : done.get(stage.after);
    const from = stage.after === undefined ? awareSince : (before?.filed?.at ?? before?.dueAt);
    const dueAt = from === undefined ? undefined : endOfStage(from, stage.within, zone);
    const filed = filedIn(rows, stage.id);
    done.set(stage.id, { stage, from, dueAt, filed, state: stateOf({ from, dueAt, filedAt: filed?.at }, now) });
  }
  return [...done.values()];
}

function filedIn(rows: readonly ObligationRow[], stage: string): ObligationStage["filed"] {
  const [first] = rows.flatMap(({ fact, eventId }) => (fact.type === "NotificationFiled" && fact.data.stage === stage ? [{ data: fact.data, eventId }] : []));
  return first && { at: first.data.occurredAt, entryId: first.data.entryId, reference: first.data.reference, eventId: first.eventId };
}

/** A notification on the dot is in time. */
function stateOf({ from, dueAt, filedAt }: { readonly from: Instant | undefined; readonly dueAt: Instant | undefined; readonly filedAt: Instant | undefined }, now: Instant): StageState {
  if (filedAt !== undefined) return dueAt === undefined ? "filed" : filedAt <= dueAt ? "filed-in-time" : "filed-late";
  if (from === undefined || dueAt === undefined) return "not-aware";
  if (now > dueAt) return "missed";
  return (now - from) * 4 >= (dueAt - from) * 3 ? "due-soon" : "running";
}

/** Milliseconds that are left; negative by how much it is late; undefined while its time has not begun, or once it is filed. */
export function remainingMs({ dueAt, filed }: ObligationStage, now: Instant): number | undefined {
  return dueAt === undefined || filed !== undefined ? undefined : instant(dueAt) - now;
}
