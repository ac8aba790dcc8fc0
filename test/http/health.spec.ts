import { GDPR } from "../support/terms.js";
import { expect } from "chai";
import { pino } from "pino";
import { createLedger } from "../../src/app/ledger.js";
import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import { observed } from "../../src/eventstore/observer.js";
import type { EventStore } from "../../src/eventstore/port.js";
import { createFileEvidence } from "../../src/evidence/files.js";
import { systemAlarm } from "../../src/graphql/alarm.js";
import { Metrics } from "../../src/http/metrics.js";
import { createServer, type Server } from "../../src/http/server.js";
import { instant, ledgerId } from "../../src/kernel/brand.js";
import { streamOf } from "../../src/kernel/stream.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { openReadModel } from "../../src/readmodel/open.js";
import type { ReadModelNotice, RunningReadModel } from "../../src/readmodel/port.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";
import { inTempFolder } from "../support/temp-folder.js";
import { ask, errorOf, graphql, isRecord, type Answer } from "./served.js";

const LIMITS = { attemptMs: 250, appendMs: 1000, readMs: 400, awayMs: 60, firstDelayMs: 10, longestDelayMs: 100, firstQuietMs: 40, longestQuietMs: 100, missingMs: 300, closeMs: 200 };
const LECCO = ledgerId("lecco");
const JOIN = (id: string): string => `mutation { joinBody(commandId: "c-${id}", input: { bodyId: "${id}", name: "Comune di ${id}", kind: MUNICIPALITY, effectiveFrom: "2009-01-01" }) { revision position } }`;

/** The product's server on a store that a test may take away. */
interface OnServer {
  readonly port: number;
  readonly eventStore: FaultyServer;
  readonly store: EventStore;
}

async function onServer(work: (served: OnServer) => Promise<void>): Promise<void> {
  await inTempFolder(async (folder) => {
    const eventStore = await FaultyServer.start();
    const metrics = new Metrics({ ofProcess: true });
    const store = observed(openEventStoreDb({ url: eventStore.url, limits: LIMITS, observer: metrics.store }), metrics.store);
    const noticed = ({ kind }: ReadModelNotice): void => {
      if (kind === "store-interrupted") metrics.storeInterrupted();
    };
    let [readModel, server]: [RunningReadModel | undefined, Server | undefined] = [undefined, undefined];
    try {
      readModel = await openReadModel({ store, ledgerId: LECCO, file: `${folder}/readmodels.sqlite`, notify: noticed });
      const evidence = createFileEvidence({ folder: `${folder}/evidence` });
      const clock = () => instant(Date.now());
      const logger = pino({ level: "silent" });
      const ledger = createLedger({ store, ledgerId: LECCO, clock, newEventId, evidence, onRetry: () => metrics.commandRetried() });
      const services = { ledger, readModel, store, storeName: "EventStoreDB", ledgerId: LECCO, clock, alarm: systemAlarm(clock), regimes: new Map([[GDPR.id, GDPR]]), logger };
      server = createServer(services, { host: "127.0.0.1", port: 0, evidence, logger, metrics, readyLagMs: 500 });
      const { port } = await server.listen();
      await work({ port, eventStore, store });
    } finally {
      await server?.close();
      await readModel?.close();
      await store.close();
      await eventStore.stop();
    }
  });
}

/** Asks again until the answer is as it should be. A test that waits in vain times out. */
async function until(asked: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await asked();
    if (isSo(answer)) return answer;
  }
}
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}
function problemsOf({ body }: Answer): readonly unknown[] {
  const problems = at(body, "problems");
  return Array.isArray(problems) ? problems : [];
}
/** The value of a series; NaN where there is none. */
function series(text: string, name: string): number {
  return Number(text.split("\n").find((line) => line.startsWith(`${name} `))?.slice(name.length + 1));
}

describe("health of a process whose store is elsewhere", () => {
  it("is ready while the store answers and the read models are up to date", () =>
    onServer(async ({ port }) => {
      expect((await graphql({ port }, JOIN("lecco"))).body).to.have.nested.property("data.joinBody.revision", 0);
      const { status, body, headers } = await until(() => ask({ port }, { path: "/readyz" }), (answer) => answer.status === 200);
      expect([status, headers["cache-control"]]).to.deep.equal([200, "no-store"]);
      expect(body).to.deep.include({ status: "ready", problems: [], ledgerId: "lecco", staleSeconds: 0 });
      expect(at(body, "confirmedAt")).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect((await graphql({ port }, "{ ledger { freshness { state staleSeconds reason } } }")).body).to.deep.equal({ data: { ledger: { freshness: { state: "UP_TO_DATE", staleSeconds: 0, reason: null } } } });
    }));

  for (const [how, take] of [["is gone", (server: FaultyServer) => server.goAway()], ["hangs", (server: FaultyServer) => { server.stall(); }]] as const) {
    it(`goes on answering questions when the store ${how}, says how stale they are, and refuses commands at once`, () =>
      onServer(async ({ port, eventStore }) => {
        await graphql({ port }, JOIN("lecco"));
        await until(() => ask({ port }, { path: "/readyz" }), ({ status }) => status === 200);
        await take(eventStore);
        const question = '{ body(id: "lecco") { name } }';
        const { body } = await until(() => graphql({ port }, question), (answer) => at(answer.body, "extensions", "freshness") !== undefined);
        expect(at(body, "data")).to.deep.equal({ body: { name: "Comune di lecco" } });
        expect(at(body, "extensions", "freshness")).to.include({ state: "STORE_AWAY" });
        expect(at(body, "extensions", "freshness", "reason")).to.be.a("string").that.is.not.empty;
        const beganMs = performance.now();
        const refused = errorOf(await graphql({ port }, JOIN("valmadrera")));
        expect(refused.extensions, refused.message).to.deep.include({ code: "STORE_UNAVAILABLE", retryable: true });
        expect(performance.now() - beganMs, "within a read's own time and not an append's").to.be.below(LIMITS.appendMs);
        expect((await ask({ port }, { path: "/healthz" })).status).to.equal(200);
        const unready = await until(() => ask({ port }, { path: "/readyz" }), (answer) => problemsOf(answer).length === 2);
        expect(unready.status).to.equal(503);
        expect(problemsOf(unready).join()).to.match(/the event store/).and.match(/the read models have not taken everything in the store for \d+ s/);
        const { text } = await ask({ port }, { path: "/metrics" });
        expect(series(text, "incident_ledger_store_up")).to.equal(0);
        expect(series(text, "incident_ledger_store_interruptions_total")).to.be.above(0);
        expect(series(text, "incident_ledger_staleness_seconds")).to.be.above(0.5);
        if (how === "is gone") await eventStore.comeBack();
        else eventStore.resume();
        const taken = await until(() => graphql({ port }, JOIN("valmadrera")), (answer) => at(answer.body, "data", "joinBody") !== null && at(answer.body, "data") !== undefined);
        expect(at(taken.body, "data", "joinBody", "revision")).to.equal(0);
        await until(() => ask({ port }, { path: "/readyz" }), ({ status }) => status === 200);
        expect(at((await graphql({ port }, question)).body, "extensions")).to.equal(undefined);
      })).timeout(30_000);
  }

  it("counts appends by what became of them, what is not understood, and how far the read models are", () =>
    onServer(async ({ port, store }) => {
      await graphql({ port }, JOIN("lecco"));
      const stream = streamOf(LECCO, "body", "lecco");
      const foreign = { id: newEventId(), type: "SomethingNew", data: "{}", metadata: "{}" };
      for (const revision of [7, 0, 0]) await store.append(stream, { kind: "exact", revision }, [foreign]);
      const { text, headers } = await until(() => ask({ port }, { path: "/metrics" }), (answer) => series(answer.text, "incident_ledger_events_not_understood") === 1);
      expect(headers["content-type"]).to.contain("text/plain").and.contain("version=0.0.4");
      const appends = (outcome: string): number => series(text, `incident_ledger_append_duration_seconds_count{outcome="${outcome}"}`);
      expect([appends("appended"), appends("wrong-expected-revision"), appends("repeated")]).to.deep.equal([2, 1, 1]);
      expect(series(text, "incident_ledger_append_conflicts_total")).to.equal(1);
      expect(series(text, "incident_ledger_events_taken")).to.equal(2);
      expect(series(text, 'incident_ledger_read_model_lag_events{read_model="timeline"}')).to.equal(0);
      expect(series(text, "incident_ledger_store_up")).to.equal(1);
      expect(series(text, 'incident_ledger_http_request_duration_seconds_count{method="POST",route="/graphql",status="200"}')).to.equal(1);
      expect(text).to.contain("nodejs_eventloop_lag_seconds").and.contain("process_resident_memory_bytes");
    }));

  it("counts attempts to append that are repeated, and connections made anew", () =>
    onServer(async ({ port, eventStore }) => {
      await graphql({ port }, JOIN("lecco"));
      const back = eventStore.dieAtNextAppend("after");
      const { body } = await graphql({ port }, JOIN("valmadrera"));
      await back;
      expect(at(body, "data", "joinBody", "revision"), JSON.stringify(body)).to.equal(0);
      expect(series((await ask({ port }, { path: "/metrics" })).text, "incident_ledger_append_retries_total")).to.be.above(0);
      eventStore.stall();
      await until(() => ask({ port }, { path: "/metrics" }), ({ text }) => series(text, "incident_ledger_store_reconnects_total") > 0);
      eventStore.resume();
    }));
});
