import { setImmediate as nextTurn } from "node:timers/promises";
import { AccessDeniedError, EventStoreDBClient, NO_STREAM, NotLeaderError, UnavailableError, type JSONEventData } from "@eventstore/db-client";
import { expect } from "chai";
import { rejection } from "../../contract/rig.js";
import { FaultyServer } from "./faulty-server.js";
import { Heard, idsOf, reported, severalReported, wired } from "./rig.js";

const PROTOCOLLO = "il.lecco.incident-protocollo";
/** Longer than an append takes to get there. */
const LATE_MS = 250;

describe("the EventStoreDB test server: faults, as the bare client meets them", () => {
  const rig = wired();
  let first: JSONEventData;

  /** One event is there, and the client's stream of appends is open. */
  beforeEach(async () => {
    first = reported("first");
    await rig().client.appendToStream(PROTOCOLLO, first, { expectedRevision: NO_STREAM });
  });

  /** An append that the client has sent, and whether it has an answer. */
  async function underWay(client: EventStoreDBClient, event: JSONEventData): Promise<{ readonly answer: Promise<unknown>; readonly isSettled: () => boolean }> {
    let isSettled = false;
    const answer = client.appendToStream(PROTOCOLLO, event, { expectedRevision: 0n }).finally(() => (isSettled = true));
    answer.catch(() => undefined);
    await nextTurn();
    return { answer, isSettled: () => isSettled };
  }

  it("stalls: nothing is answered until it goes on", async () => {
    const { client, server } = rig();
    const stalled = server.stallFor(50);
    const { answer, isSettled } = await underWay(client, reported("second"));
    await stalled;
    expect(isSettled()).to.equal(false);
    await answer;
    expect(await idsOf(client.readStream(PROTOCOLLO))).to.have.length(2);
  });

  it("ends the stream of appends: what was under way is stored, but its caller never hears of it", async () => {
    const { client, server, another } = rig();
    const second = reported("second");
    const stored = new Promise<void>((resolve) => server.log.onAppended(resolve));
    const held = server.answerNextAppendAfter(LATE_MS);
    const { isSettled } = await underWay(client, second);
    await stored;
    await server.endAppends();
    await held;
    const other = another();
    expect((await other.appendToStream(PROTOCOLLO, second, { expectedRevision: 0n })).nextExpectedRevision).to.equal(1n);
    expect(await idsOf(other.readStream(PROTOCOLLO))).to.deep.equal([first.id, second.id]);
    expect(isSettled()).to.equal(false);
  });

  it("breaks off the stream of appends: the appends of all clients in the process fail, also those on other servers", async () => {
    const { client, server } = rig();
    const elsewhere = await FaultyServer.start();
    const bystander = EventStoreDBClient.connectionString(elsewhere.url);
    await bystander.appendToStream(PROTOCOLLO, reported("elsewhere"), { expectedRevision: NO_STREAM });
    server.stall();
    elsewhere.stall();
    const [own, others] = [await underWay(client, reported("second")), await underWay(bystander, reported("second"))];
    await server.breakAppends();
    for (const { answer } of [own, others]) expect(await rejection(answer)).to.have.property("message").that.includes("the stream broke");
    await elsewhere.stop();
    await bystander.dispose();
  });

  for (const when of ["before", "after"] as const) {
    it(`dies ${when} it has stored an append: the caller cannot tell, and repeats it without storing it twice`, async () => {
      const { client, server } = rig();
      const second = reported("second");
      const back = server.dieAtNextAppend(when);
      const { answer } = await underWay(client, second);
      expect(await rejection(answer)).to.be.instanceOf(Error);
      await back;
      expect(server.log.events.map(({ id }) => id).includes(second.id)).to.equal(when === "after");
      const repeated = await rig().another().appendToStream(PROTOCOLLO, second, { expectedRevision: 0n });
      expect(repeated.nextExpectedRevision).to.equal(1n);
      expect(server.log.stream(PROTOCOLLO)?.map(({ id }) => id)).to.deep.equal([first.id, second.id]);
    });
  }

  it("answers an append late, when a later one has its answer already", async () => {
    const { client, server } = rig();
    const held = server.answerNextAppendAfter(LATE_MS);
    const late = await underWay(client, reported("second"));
    await client.appendToStream(PROTOCOLLO, reported("third"), { expectedRevision: 1n });
    expect(late.isSettled()).to.equal(false);
    await held;
    expect(await late.answer).to.have.property("nextExpectedRevision", 1n);
  });

  it("restarts on the same port with what was stored", async () => {
    const { server, another } = rig();
    const { url } = server;
    await server.restart();
    expect(server.url).to.equal(url);
    expect(await idsOf(another().readStream(PROTOCOLLO))).to.deep.equal([first.id]);
  });

  it("is away: calls fail as unavailable", async () => {
    const { server, another } = rig();
    await server.goAway();
    expect(await rejection(idsOf(another().readStream(PROTOCOLLO)))).to.be.instanceOf(UnavailableError);
  });

  it("is no longer the leader: it says who is, and the client goes there", async () => {
    const { client, server } = rig();
    server.stall();
    const { answer } = await underWay(client, reported("second"));
    await server.changeLeader();
    const error = await rejection(answer);
    const leader = error instanceof NotLeaderError ? error.leader : expect.fail(String(error));
    expect(server.url).to.include(`${leader.address}:${leader.port}`);
    expect((await client.appendToStream(PROTOCOLLO, reported("to the leader"), { expectedRevision: 0n })).nextExpectedRevision).to.equal(1n);
  });

  for (const [how, told] of [["end", "end"], ["error", "error"]] as const) {
    it(`drops a subscription with an ${how}: it stays dropped`, async () => {
      const { client, server } = rig();
      const dropped = new Heard(client.subscribeToAll());
      await dropped.until("caughtUp");
      await server.dropSubscriptions(how);
      await dropped.until(told);
      const anew = new Heard(client.subscribeToAll());
      await anew.until("caughtUp");
      await client.appendToStream(PROTOCOLLO, reported("second"), { expectedRevision: 0n });
      await anew.until("event", 3);
      expect(dropped.events).to.have.length(2);
    });
  }

  it("sends again what it sent before", async () => {
    const { client, server } = rig();
    const heard = new Heard(client.subscribeToAll());
    await heard.until("caughtUp");
    await server.sendAgain();
    await heard.until("event", 4);
    expect(heard.ids.slice(2)).to.deep.equal(heard.ids.slice(0, 2));
  });

  it("sends a subscriber nothing any more, though its subscription stays open", async () => {
    const { client, server } = rig();
    const muted = new Heard(client.subscribeToAll());
    await muted.until("caughtUp");
    await server.muteSubscriptions();
    const other = new Heard(client.subscribeToAll());
    await other.until("caughtUp");
    await client.appendToStream(PROTOCOLLO, reported("second"), { expectedRevision: 0n });
    await other.until("event", 3);
    expect(muted.told).to.deep.equal(["confirmation", "event", "event", "caughtUp"]);
  });

  it("holds back what a slow subscriber has not read", async () => {
    const { client, server } = rig();
    server.log.append(PROTOCOLLO, "any", severalReported(5000).map(({ id, type }) => ({ id, type, contentType: "application/json", data: Buffer.alloc(200, " "), metadata: new Uint8Array() })));
    const subscription = client.subscribeToAll();
    subscription.pause();
    expect(await server.sentUntilHeldBack()).to.be.within(1, 4000);
    await subscription.unsubscribe();
    await server.untilUnsubscribed();
  });

  it("refuses reads and subscriptions to who may not read", async () => {
    const { client, server } = rig();
    server.refuse("reads");
    expect(await rejection(idsOf(client.readStream(PROTOCOLLO)))).to.be.instanceOf(AccessDeniedError);
    expect(await rejection(idsOf(client.readAll()))).to.be.instanceOf(AccessDeniedError);
    const heard = new Heard(client.subscribeToAll());
    await heard.until("error");
    expect(heard.errors[0]).to.be.instanceOf(AccessDeniedError);
    await client.appendToStream(PROTOCOLLO, reported("second"), { expectedRevision: 0n });
  });

  it("refuses appends to who may not write, and goes on answering reads", async () => {
    const { client, server } = rig();
    server.refuse("appends");
    expect(await rejection(client.appendToStream(PROTOCOLLO, reported("second")))).to.be.instanceOf(AccessDeniedError);
    expect(await idsOf(client.readStream(PROTOCOLLO))).to.deep.equal([first.id]);
  });
});

describe("the EventStoreDB test server: faults of appends that are calls of their own", () => {
  const rig = wired({ takesBatches: false });

  it("refuses appends to who may not write", async () => {
    const { client, server } = rig();
    server.refuse("appends");
    expect(await rejection(client.appendToStream(PROTOCOLLO, reported("first")))).to.be.instanceOf(AccessDeniedError);
  });
});
