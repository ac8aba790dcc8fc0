import type { RequestHandler } from "express";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { StoreObserver } from "../eventstore/observer.js";
import type { LedgerServices } from "../graphql/context.js";
import { COMMANDS_PATH, EVIDENCE_PATH, EXPLORER_PATH, GRAPHQL_PATH, HEALTH_PATH, METRICS_PATH, READY_PATH } from "./paths.js";

const PREFIX = "incident_ledger_";
/** Seconds: from a commit on a local disk to the longest that a caller waits. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ROUTES = [GRAPHQL_PATH, COMMANDS_PATH, EVIDENCE_PATH, EXPLORER_PATH, HEALTH_PATH, READY_PATH, METRICS_PATH];

/** What a process counts, in the text format of Prometheus. One registry each, so that several ledgers in one process stay apart. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #own = { registers: [this.#registry] };
  readonly #appends = new Histogram({ ...this.#own, name: `${PREFIX}append_duration_seconds`, help: "Time from an append until its caller had the answer, by what became of it.", labelNames: ["outcome"], buckets: SECONDS });
  readonly #conflicts = new Counter({ ...this.#own, name: `${PREFIX}append_conflicts_total`, help: "Appends refused because the stream had another revision than expected." });
  readonly #appendRetries = new Counter({ ...this.#own, name: `${PREFIX}append_retries_total`, help: "Attempts to append that had no answer and were made again, with the same ids." });
  readonly #commandRetries = new Counter({ ...this.#own, name: `${PREFIX}command_retries_total`, help: "Commands decided again because another process had been faster." });
  readonly #reconnects = new Counter({ ...this.#own, name: `${PREFIX}store_reconnects_total`, help: "Connections to the event store that had got stuck and were given up for a new one." });
  readonly #interruptions = new Counter({ ...this.#own, name: `${PREFIX}store_interruptions_total`, help: "Times that the subscription of the read models was interrupted." });
  readonly #requests = new Histogram({ ...this.#own, name: `${PREFIX}http_request_duration_seconds`, help: "Time from a request until its answer had been sent.", labelNames: ["method", "route", "status"], buckets: SECONDS });

  /** `ofProcess`: with memory, CPU, event loop and garbage collection, which a process may ask for once. */
  constructor({ ofProcess = false }: { readonly ofProcess?: boolean } = {}) {
    if (ofProcess) collectDefaultMetrics({ register: this.#registry });
  }

  readonly store: StoreObserver = {
    appended: (outcome, durationMs) => {
      this.#appends.observe({ outcome }, durationMs / 1000);
      if (outcome === "wrong-expected-revision") this.#conflicts.inc();
    },
    appendRetried: () => this.#appendRetries.inc(),
    reconnected: () => this.#reconnects.inc(),
  };

  commandRetried(): void {
    this.#commandRetries.inc();
  }
  storeInterrupted(): void {
    this.#interruptions.inc();
  }

  /** Measures each request. Paths are told by what serves them, so that ids in them make no series of their own. */
  get requests(): RequestHandler {
    return (req, res, next) => {
      const beganMs = performance.now();
      const { method, path } = req;
      res.once("close", () => this.#requests.observe({ method, route: routeOf(path), status: String(res.statusCode) }, (performance.now() - beganMs) / 1000));
      next();
    };
  }

  /** What is true now is looked up when it is asked for. */
  watch({ readModel }: LedgerServices): void {
    const gauge = (name: string, help: string, value: () => number) => new Gauge({ ...this.#own, name: `${PREFIX}${name}`, help, collect() { this.set(value()); } });
    gauge("store_up", "Whether the event store answers: 1 or 0.", () => (readModel.freshness().state === "store-away" ? 0 : 1));
    gauge("staleness_seconds", "How long ago the read models had last taken everything in the store; 0 while they have.", () => readModel.freshness().staleMs / 1000);
    gauge("events_taken", "Events of this ledger that the read models have taken.", () => readModel.eventCount);
    gauge("events_not_understood", "Events of this ledger that this release does not understand.", () => readModel.notUnderstoodCount());
    const lag = new Gauge({
      ...this.#own, name: `${PREFIX}read_model_lag_events`, help: "Events that were seen in the store but are not in the read model yet.", labelNames: ["read_model"],
      collect: () => {
        for (const { name, lagEvents } of readModel.status()) lag.set({ read_model: name }, lagEvents);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

function routeOf(path: string): string {
  return ROUTES.find((route) => path === route || path.startsWith(`${route}/`)) ?? (path.startsWith("/streams/") ? "/streams" : path.startsWith("/imports/") ? "/imports" : "other");
}
