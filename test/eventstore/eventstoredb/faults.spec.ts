import { expect } from "chai";
import { openEventStoreDb } from "../../../src/eventstore/eventstoredb.js";
import type { AppendResult, EventStore, EventToAppend, StoredEvent } from "../../../src/eventstore/port.js";
import { streamName, type StreamName } from "../../../src/kernel/brand.js";
import { allPages, appended, event, events, exactly, gate, ids, Listener, NO_STREAM, wholeStream } from "../../contract/rig.js";
import { FaultyServer } from "../../support/eventstoredb/faulty-server.js";

/** Short, so that each fault outlasts them within a test. */
const LIMITS = {
  attemptMs: 250, appendMs: 1500, readMs: 400, awayMs: 60, firstDelayMs: 10, longestDelayMs: 100, firstQuietMs: 40, longestQuietMs: 150, missingMs: 300, closeMs: 200,
};
/** What an answer may take beyond its limit on a busy machine. */
const SLACK_MS = 1000;
const PREFIX = "il.lecco.";
const OWN = { filter: { streamPrefix: PREFIX } };
const PROTOCOLLO = streamName(`${PREFIX}incident-protocollo`);

/** What a store that was closed answers, at once and for ever: a test that has failed must not go on asking it. */
const CLOSED = "the store is closed";

interface Timed<Result> {
  readonly result: Result;
  readonly tookMs: number;
}
async function timed<Result>(asking: Promise<Result>): Promise<Timed<Result>> {
  const began = performance.now();
  return { result: await asking, tookMs: performance.now() - began };
}

for (const [how, takesBatches] of [["in batches", true], ["as calls of their own", false]] as const) describe(`an EventStoreDB that misbehaves, which takes appends ${how}`, () => {
  let server: FaultyServer;
  let store: EventStore;

  beforeEach(async () => {
    server = await FaultyServer.start({ takesBatches });
    store = openEventStoreDb({ url: server.url, limits: LIMITS });
  });
  afterEach(async () => {
    const began = performance.now();
    await store.close();
    expect(performance.now() - began, "closing takes no longer than what is under way may").to.be.below(LIMITS.appendMs + LIMITS.closeMs + SLACK_MS);
    await server.stop();
  });

  /** Appends one event after another to a stream, each until it is acknowledged, with the same ids and place as often as it takes. */
  async function write(stream: StreamName, count: number, onAcknowledged: () => Promise<void>): Promise<{ readonly acknowledged: readonly EventToAppend[]; readonly slowestMs: number }> {
    const acknowledged: EventToAppend[] = [];
    let slowestMs = 0;
    for (let next = 0; next < count; ) {
      const added = [event(`n${next}`), event(`n${next + 1}`)];
      for (;;) {
        const { result, tookMs } = await timed(store.append(stream, next === 0 ? NO_STREAM : exactly(next - 1), added));
        slowestMs = Math.max(slowestMs, tookMs);
        if (result.kind === "wrong-expected-revision") expect.fail(`nobody else writes to ${stream}, but ${JSON.stringify(result)}`);
        if (result.kind === "event-too-large") expect.fail(JSON.stringify(result));
        if (result.kind === "store-unavailable") {
          if (result.reason === CLOSED) expect.fail("the test is over");
          continue;
        }
        expect(result.revision).to.equal(next + 1);
        break;
      }
      acknowledged.push(...added);
      next += 2;
      await onAcknowledged();
    }
    return { acknowledged, slowestMs };
  }

  const faults: readonly { readonly name: string; readonly strike: () => Promise<void> }[] = [
    { name: "stalls for longer than an attempt may take", strike: () => server.stallFor(LIMITS.attemptMs * 2) },
    { name: "stalls for longer than callers wait", strike: () => server.stallFor(LIMITS.appendMs * 1.3) },
    { name: "ends the stream of appends", strike: () => server.endAppends() },
    { name: "breaks off the stream of appends", strike: () => server.breakAppends() },
    { name: "dies before it stores an append, and comes back", strike: () => server.dieAtNextAppend("before") },
    { name: "dies after it has stored an append, before it says so, and comes back", strike: () => server.dieAtNextAppend("after") },
    { name: "answers an append after its caller has given the attempt up", strike: () => server.answerNextAppendAfter(LIMITS.attemptMs * 1.5) },
    { name: "restarts", strike: () => server.restart() },
    { name: "is no longer the leader", strike: () => server.changeLeader() },
    { name: "ends its subscriptions", strike: () => server.dropSubscriptions("end") },
    { name: "breaks off its subscriptions", strike: () => server.dropSubscriptions("error") },
    { name: "sends its subscribers again what it sent before", strike: () => server.sendAgain() },
    { name: "no longer sends its subscribers anything", strike: () => server.muteSubscriptions() },
  ];

  for (const { name, strike } of faults) {
    it(`${name}: nothing acknowledged is lost or stored twice, subscribers get each event once, callers their answers in time`, async () => {
      const listener = new Listener(store, OWN);
      const streams = Array.from({ length: 5 }, (_, n) => streamName(`${PREFIX}incident-${n}`));
      let acknowledgements = 0;
      const struck: Promise<void>[] = [];
      const onAcknowledged = async (): Promise<void> => {
        acknowledgements += 1;
        if (acknowledgements === 12 || acknowledgements === 30) struck.push(strike());
        await Promise.resolve();
      };
      const written = await Promise.all(streams.map((stream) => write(stream, 20, onAcknowledged)));
      await Promise.all(struck);
      expect(struck).to.have.length(2);
      for (const [n, { acknowledged, slowestMs }] of written.entries()) {
        expect(ids(await untilRead(store, streams[n] ?? expect.fail()))).to.deep.equal(ids(acknowledged));
        expect(slowestMs).to.be.below(LIMITS.appendMs + SLACK_MS);
      }
      await listener.untilCount(100);
      const { found } = await allPages(store, { direction: "forwards", limit: 1000, ...OWN });
      expect(ids(listener.received)).to.deep.equal(ids(found));
      await listener.subscription.close();
    }).timeout(8_000);
  }

  it("stalls: callers, readers and closing are answered within their limits", async () => {
    await appended(store, PROTOCOLLO, NO_STREAM, events(1));
    const listener = new Listener(store, OWN);
    await listener.untilCount(1);
    server.stall();
    const began = performance.now();
    const [first, second, page, last] = await Promise.all([
      timed(store.append(PROTOCOLLO, exactly(0), events(1))),
      timed(store.append(PROTOCOLLO, exactly(0), events(1))),
      store.readAll({ direction: "forwards", limit: 10 }),
      store.lastPosition(),
    ]);
    expect([first.result.kind, second.result.kind, page.kind, last.kind]).to.deep.equal(Array.from({ length: 4 }, () => "store-unavailable"));
    expect(performance.now() - began).to.be.below(LIMITS.appendMs + SLACK_MS);
    const underWay = [store.append(PROTOCOLLO, exactly(0), events(1)), store.readStream(PROTOCOLLO, { direction: "forwards", limit: 1 })];
    await store.close();
    await listener.subscription.ended;
    expect((await Promise.all(underWay)).map(({ kind }) => kind)).to.deep.equal(["store-unavailable", "store-unavailable"]);
  });

  it("stalls: after the first, callers have their answer at once, and everything goes on when it does", async () => {
    await appended(store, PROTOCOLLO, NO_STREAM, events(1));
    const listener = new Listener(store, OWN);
    await listener.untilCount(1);
    server.stall();
    expect((await store.readStream(PROTOCOLLO, { direction: "forwards", limit: 1 })).kind).to.equal("store-unavailable");
    for (let n = 0; n < 8; n++) {
      const [read, append] = [await timed(store.readStream(PROTOCOLLO, { direction: "forwards", limit: 1 })), await timed(store.append(PROTOCOLLO, exactly(0), events(1)))];
      expect([read.result.kind, append.result.kind]).to.deep.equal(["store-unavailable", "store-unavailable"]);
      expect(Math.max(read.tookMs, append.tookMs)).to.be.below(LIMITS.readMs);
    }
    server.resume();
    const { acknowledged } = await write(streamName(`${PREFIX}incident-posta`), 2, () => Promise.resolve());
    await listener.until(({ received }) => acknowledged.every(({ id }) => received.some((event) => event.id === id)));
    expect(new Set(ids(listener.received)).size).to.equal(listener.received.length);
    await listener.subscription.close();
  });

  it("is away: after the first, callers have their answer at once, and everything goes on when it is back", async () => {
    const listener = new Listener(store, OWN);
    await appended(store, PROTOCOLLO, NO_STREAM, events(1));
    await listener.untilCount(1);
    await server.goAway();
    expect((await store.append(PROTOCOLLO, exactly(0), events(1))).kind).to.equal("store-unavailable");
    for (let n = 0; n < 3; n++) {
      const { result, tookMs } = await timed(store.append(PROTOCOLLO, exactly(0), events(1)));
      expect(result.kind).to.equal("store-unavailable");
      expect(tookMs).to.be.below(LIMITS.attemptMs);
    }
    await server.comeBack();
    const { acknowledged } = await write(streamName(`${PREFIX}incident-posta`), 2, () => Promise.resolve());
    await listener.untilCount(3);
    expect(ids(listener.received.slice(1))).to.deep.equal(ids(acknowledged));
    await listener.subscription.close();
  });

  it("took an append and did not say so: repeated by its caller it is the first one's result", async () => {
    const first = await appended(store, PROTOCOLLO, NO_STREAM, events(1));
    const added = events(2);
    await server.dieAtNextAppend("after", { staysAway: true });
    expect((await store.append(PROTOCOLLO, exactly(0), added)).kind).to.equal("store-unavailable");
    await server.comeBack();
    const repeated = await untilAnswered(() => store.append(PROTOCOLLO, exactly(0), added));
    const stored = await untilRead(store, PROTOCOLLO);
    expect(ids(stored.slice(1))).to.deep.equal(ids(added));
    expect(repeated).to.deep.equal({ kind: "appended", revision: 2, position: stored[2]?.position, repeated: true });
    expect(store.comparePositions(first.position, stored[2]?.position ?? expect.fail())).to.be.below(0);
  });

  it("is slowly read: what waits for the reader stays in the server", async () => {
    const [entered, release] = [gate(), gate()];
    await appended(store, PROTOCOLLO, NO_STREAM, events(5000));
    const subscription = store.subscribe({
      ...OWN, batchSize: 50,
      onEvents: () => {
        entered.open();
        return release.opened;
      },
    });
    await entered.opened;
    expect(await server.sentUntilHeldBack()).to.be.below(1000);
    const closed = subscription.close();
    release.open();
    await closed;
    await server.untilUnsubscribed();
  });

  it("is told when a subscription is closed, however it ends", async () => {
    await appended(store, PROTOCOLLO, NO_STREAM, events(3));
    const failing = store.subscribe({ ...OWN, onEvents: () => Promise.reject(new Error("no room for this row")) });
    await failing.ended.catch(() => undefined);
    const listener = new Listener(store, OWN);
    await listener.until(({ caughtUp }) => caughtUp > 0);
    await listener.subscription.close();
    await server.untilUnsubscribed();
  });
});

/** A stream, asked for until the store answers. */
async function untilRead(store: EventStore, stream: StreamName): Promise<readonly StoredEvent[]> {
  for (;;) {
    const last = await store.lastPosition();
    if (last.kind === "position") return wholeStream(store, stream);
    if (last.reason === CLOSED) expect.fail("the test is over");
  }
}

async function untilAnswered(append: () => Promise<AppendResult>): Promise<AppendResult> {
  for (;;) {
    const result = await append();
    if (result.kind !== "store-unavailable") return result;
    if (result.reason === CLOSED) expect.fail("the test is over");
  }
}
