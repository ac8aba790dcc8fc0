import { Router, type Response } from "express";
import { setTimeout as passing } from "node:timers/promises";
import type { LedgerServices } from "../graphql/context.js";
import { freshnessView } from "../graphql/views/freshness.js";
import { instantText } from "../graphql/scalars.js";
import type { Metrics } from "./metrics.js";
import { HEALTH_PATH, METRICS_PATH, READY_PATH } from "./paths.js";

export interface HealthParts {
  readonly services: LedgerServices;
  readonly metrics: Metrics;
  /** How stale the read models may be, in milliseconds, for this process to be ready. */
  readonly readyLagMs: number;
  /** Aborted when the server goes down. */
  readonly stopping: AbortSignal;
}

/** How long the store may take to say that it is there. */
const STORE_PATIENCE_MS = 2_000;

/** `/healthz`: the process answers. `/readyz`: it also reaches its store and is up to date. `/metrics`: figures for Prometheus. */
export function health(parts: HealthParts): Router {
  const { services: { ledgerId, readModel }, metrics } = parts;
  const probe = storeProbe(parts.services);
  const router = Router();
  router.get(HEALTH_PATH, (_req, res) => {
    send(res, 200, { status: "ok", ledgerId, position: readModel.position ?? null, eventCount: readModel.eventCount });
  });
  router.get(READY_PATH, async (_req, res) => {
    const problem = await probe();
    const problems = [...(parts.stopping.aborted ? ["the server goes down"] : []), ...(problem === undefined ? [] : [problem]), ...problemsOfReadModels(parts)];
    const { confirmedAt, staleSeconds, state } = freshnessView(readModel.freshness());
    const readModels = readModel.status().map(({ name, version, lagEvents, building }) => ({ name, version, lagEvents, buildingVersion: building?.version ?? null }));
    send(res, problems.length === 0 ? 200 : 503, {
      status: problems.length === 0 ? "ready" : "not ready", problems, ledgerId, state, staleSeconds,
      confirmedAt: confirmedAt === undefined ? null : instantText(confirmedAt), position: readModel.position ?? null, readModels,
    });
  });
  router.get(METRICS_PATH, async (_req, res) => {
    res.setHeader("cache-control", "no-store").type(metrics.contentType).send(await metrics.text());
  });
  return router;
}

function send(res: Response, status: number, body: object): void {
  res.setHeader("x-content-type-options", "nosniff").setHeader("cache-control", "no-store").status(status).json(body);
}

/** Why the store cannot be used, or undefined. It is asked once for all who want to know at the same time. */
function storeProbe({ store }: LedgerServices): () => Promise<string | undefined> {
  let asked: Promise<string | undefined> | undefined;
  const ask = async (): Promise<string | undefined> => {
    const over = new AbortController();
    const late = passing(STORE_PATIENCE_MS, "late" as const, { signal: over.signal }).catch(() => "late" as const);
    const answer = await Promise.race([store.lastPosition(), late]);
    over.abort();
    if (answer === "late") return `the event store has not answered within ${STORE_PATIENCE_MS / 1000} s`;
    return answer.kind === "position" ? undefined : `the event store does not answer (${answer.reason})`;
  };
  return () => {
    asked ??= ask().finally(() => (asked = undefined));
    return asked;
  };
}

function problemsOfReadModels({ services: { readModel }, readyLagMs }: HealthParts): readonly string[] {
  const { staleMs, confirmedAt } = readModel.freshness();
  const since = confirmedAt === undefined ? "since this process began" : `for ${Math.ceil(staleMs / 1000)} s`;
  const stale = staleMs > readyLagMs || (confirmedAt === undefined && staleMs > 0) ? [`the read models have not taken everything in the store ${since}`] : [];
  const building = readModel.status().filter(({ building: beside, lagEvents }) => beside !== undefined && lagEvents > 0);
  return [...stale, ...building.map(({ name, building: beside }) => `the read model ${name} is being built as version ${beside?.version ?? 0}, and what stands does not have everything`)];
}
