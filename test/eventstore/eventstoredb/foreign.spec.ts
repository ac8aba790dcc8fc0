import { expect } from "chai";
import { openEventStoreDb } from "../../../src/eventstore/eventstoredb.js";
import type { EventStore } from "../../../src/eventstore/port.js";
import { streamName } from "../../../src/kernel/brand.js";
import { newEventId } from "../../../src/kernel/uuid.js";
import { allPages, appended, events, ids, Listener, NO_STREAM, wholeStream } from "../../contract/rig.js";
import { FaultyServer } from "../../support/eventstoredb/faulty-server.js";

const LECCO = { filter: { streamPrefix: "il.lecco." } };

describe("an EventStoreDB that others use too", () => {
  let server: FaultyServer;
  let store: EventStore;

  beforeEach(async () => {
    server = await FaultyServer.start();
    store = openEventStoreDb({ url: server.url });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  /** As another program's client would write. */
  function foreign(stream: string, type: string, data: string, metadata = ""): string {
    const id = newEventId();
    server.log.append(stream, "any", [{ id, type, contentType: "application/json", data: Buffer.from(data), metadata: Buffer.from(metadata) }]);
    return id;
  }

  it("shows each ledger its own events only, and how far it has passed over those of others", async () => {
    const [lecco, como] = [events(3), events(3)];
    const listener = new Listener(store, LECCO);
    await listener.until(({ caughtUp }) => caughtUp > 0);
    await appended(store, streamName("il.lecco.incident-a"), NO_STREAM, lecco);
    await appended(store, streamName("il.como.incident-a"), NO_STREAM, como);
    foreign("invoices-1", "InvoiceSent", "{}");
    foreign("$projections-$all", "$ProjectionCreated", "{}");
    await listener.until(({ passedOver }) => passedOver.length > 0);
    expect(ids(listener.received)).to.deep.equal(ids(lecco));
    expect(ids((await allPages(store, { direction: "forwards", limit: 2, filter: { streamPrefix: "il.como." } })).found)).to.deep.equal(ids(como));
    expect(ids((await allPages(store, { direction: "backwards", limit: 2, ...LECCO })).found)).to.deep.equal(ids(lecco).toReversed());
  });

  it("never shows the server's own events, nor counts them as the store's last", async () => {
    const { position } = await appended(store, streamName("il.lecco.incident-a"), NO_STREAM, events(1));
    foreign("$stats-127.0.0.1", "$statsCollected", "{}");
    expect(await store.lastPosition()).to.deep.equal({ kind: "position", position });
    expect((await allPages(store, { direction: "forwards", limit: 10 })).found).to.have.length(1);
  });

  it("hands on what others wrote into the ledger's streams as it is stored, and goes on", async () => {
    const before = events(1);
    const stream = streamName("il.lecco.incident-a");
    await appended(store, stream, NO_STREAM, before);
    const listener = new Listener(store, LECCO);
    const broken = foreign(stream, "IncidentReported", "{not json", "neither");
    const spaced = foreign(stream, "SomethingNew", '{ "b" : 1.0 , "a" : 2 }', '{"schemaVersion":99}');
    const after = events(1);
    await appended(store, stream, { kind: "exact", revision: 2 }, after);
    await listener.untilCount(4);
    expect(ids(listener.received)).to.deep.equal([...ids(before), broken, spaced, ...ids(after)]);
    expect(await wholeStream(store, stream)).to.deep.equal(listener.received);
    expect(listener.received[1]).to.include({ data: "{not json", metadata: "neither", revision: 1 });
    expect(listener.received[2]).to.include({ data: '{ "b" : 1.0 , "a" : 2 }', type: "SomethingNew" });
  });

  it("is passed over without a word from the server for long, too", async () => {
    const listener = new Listener(store, LECCO);
    await listener.until(({ caughtUp }) => caughtUp > 0);
    const { position } = await appended(store, streamName("il.como.incident-a"), NO_STREAM, events(1));
    await listener.until(({ passedOver }) => passedOver.includes(position));
    expect(listener.received).to.deep.equal([]);
  });
});
