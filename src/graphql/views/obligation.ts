import { instant, isIncidentId, type Instant } from "../../kernel/brand.js";
import type { Regime } from "../../domain/obligation/regime.js";
import { obligationsOf, remainingMs, type BodyObligation, type ObligationStage } from "../../reports/obligations/board.js";
import type { Reading } from "../reading.js";
import { knowledgeOfOne } from "./knowledge.js";
import { durationView } from "./values.js";

/** What a regime asks after an incident, by the id of its stream; undefined where nothing of it is left. */
export function obligationViewOf(id: string, reading: Reading) {
  const at = id.lastIndexOf("~");
  const [incidentId, regimeId] = [id.slice(0, at), id.slice(at + 1)];
  if (!isIncidentId(incidentId)) return undefined;
  const rows = (reading.known.obligationsOfIncidents([incidentId]).get(incidentId) ?? []).filter((row) => row.regimeId === regimeId);
  if (rows.length === 0) return undefined;
  // What was just recorded may lie a little ahead of the ledger's clock: the answer to a command holds it all the same.
  const now = instant(Math.max(reading.known.knowledge.instant, ...rows.map(({ occurred }) => occurred)));
  const bodies = obligationsOf(rows, reading.context.services.regimes, now).map((each) => bodyObligationView(each, now, reading));
  return { __typename: "Obligation" as const, incidentId, regimeId, bodies, knowledge: knowledgeOfOne(reading, "obligation", id), reading };
}

export type BodyObligationView = ReturnType<typeof bodyObligationView>;
export function bodyObligationView({ incidentId, regimeId, bodyId, decision, decided, regime, awareness, stages }: BodyObligation, now: Instant, reading: Reading) {
  return {
    incidentId, regimeId, bodyId, decision, reason: decided?.reason, decidedAt: decided?.at, decidedBy: decided?.eventId, awareSince: awareness?.at,
    regime: regime === undefined ? null : regimeView(regime), stages: stages.map((stage) => stageView(stage, now)), reading,
  };
}

export type StageView = ReturnType<typeof stageView>;
function stageView(of: ObligationStage, now: Instant) {
  const left = remainingMs(of, now);
  return {
    id: of.stage.id, titles: of.stage.title, state: of.state, from: of.from, dueAt: of.dueAt, remaining: left === undefined ? null : durationView(left),
    filedAt: of.filed?.at, reference: of.filed?.reference, filedBy: of.filed?.eventId,
  };
}

export type RegimeView = ReturnType<typeof regimeView>;
export function regimeView(regime: Regime) {
  return { id: regime.id, source: regime.source, document: regime, regime };
}
