import { END, eventTypeFilter, excludeSystemEvents, streamNameFilter, type Filter, type Position } from "@eventstore/db-client";
import { expect } from "chai";
import { Heard, reported, severalReported, wired } from "./rig.js";

const PROTOCOLLO = "il.lecco.incident-protocollo";
const POSTA = "il.lecco.incident-posta";
const FOREIGN = "fatture-2026";

describe("the EventStoreDB test server: subscriptions to $all", () => {
  const rig = wired();

  it("confirms, brings what there is, says that this was all, and goes on with what is added", async () => {
    const { client } = rig();
    const [before, after] = [severalReported(3), severalReported(2)];
    await client.appendToStream(PROTOCOLLO, before);
    const heard = new Heard(client.subscribeToAll({ filter: excludeSystemEvents() }));
    await heard.until("caughtUp");
    await client.appendToStream(POSTA, after);
    await heard.until("event", 5);
    expect(heard.ids).to.deep.equal([...before, ...after].map(({ id }) => id));
    expect(heard.told).to.deep.equal(["confirmation", "event", "event", "event", "caughtUp", "event", "event"]);
  });

  it("begins behind the position that it is given, or with what comes from now on", async () => {
    const { client } = rig();
    const [first, second, third] = [reported("first"), reported("second"), reported("third")];
    const { position } = await client.appendToStream(PROTOCOLLO, first);
    await client.appendToStream(PROTOCOLLO, second);
    const [behind, fromNow] = [new Heard(client.subscribeToAll({ fromPosition: position ?? expect.fail() })), new Heard(client.subscribeToAll({ fromPosition: END }))];
    await Promise.all([behind.until("caughtUp"), fromNow.until("caughtUp")]);
    await client.appendToStream(PROTOCOLLO, third);
    await Promise.all([behind.until("event", 2), fromNow.until("event")]);
    expect([behind.ids, fromNow.ids]).to.deep.equal([[second.id, third.id], [third.id]]);
  });

  const filters: readonly { readonly name: string; readonly filter: Filter; readonly brings: readonly string[] }[] = [
    { name: "beginnings of streams", filter: streamNameFilter({ prefixes: [POSTA, "fatture-"] }), brings: ["posta", "fattura"] },
    { name: "a pattern of streams", filter: streamNameFilter({ regex: "^il\\.lecco\\..*o$" }), brings: ["protocollo", "closed"] },
    { name: "beginnings of types", filter: eventTypeFilter({ prefixes: ["Invoice", "IncidentClosed"] }), brings: ["fattura", "closed"] },
    { name: "a pattern of types", filter: eventTypeFilter({ regex: "^Incident(Reported|Noted)$" }), brings: ["protocollo", "posta"] },
    { name: "all but the store's own", filter: excludeSystemEvents(), brings: ["protocollo", "posta", "fattura", "closed"] },
  ];
  for (const { name, filter, brings } of filters) {
    it(`brings what a filter lets pass: ${name}`, async () => {
      const { client } = rig();
      await client.appendToStream(PROTOCOLLO, reported("protocollo"));
      await client.appendToStream(POSTA, reported("posta"));
      await client.appendToStream(FOREIGN, { ...reported("fattura"), type: "InvoiceSent" });
      await client.appendToStream(PROTOCOLLO, { ...reported("closed"), type: "IncidentClosed" });
      const heard = new Heard(client.subscribeToAll({ filter }));
      await heard.until("caughtUp");
      expect(heard.events.map(({ event }) => event?.data)).to.deep.equal(brings.map((note) => ({ note })));
    });
  }

  it("says how far it is, each time that it has left out as many events as its search window holds", async () => {
    const { client } = rig();
    await client.appendToStream(FOREIGN, severalReported(39));
    const places: (Position | undefined)[] = [];
    for await (const { event } of client.readAll()) places.push(event?.position);
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({ prefixes: ["il.lecco."], maxSearchWindow: 8, checkpointReached: (_, position) => void checkpoints.push(position) });
    const heard = new Heard(client.subscribeToAll({ filter }));
    await heard.until("caughtUp");
    expect(checkpoints).to.deep.equal([7, 15, 23, 31, 39].map((index) => places[index]));
  });

  it("is over, also for the server, when the client unsubscribes", async () => {
    const { client, server } = rig();
    const subscription = client.subscribeToAll();
    await new Heard(subscription).until("caughtUp");
    await subscription.unsubscribe();
    await server.untilUnsubscribed();
  });
});

describe("the EventStoreDB test server as an older one", () => {
  const rig = wired({ saysCaughtUp: false });

  it("does not say that a subscription has caught up", async () => {
    const { client } = rig();
    const heard = new Heard(client.subscribeToAll({ filter: excludeSystemEvents() }));
    await heard.until("confirmation");
    await client.appendToStream(PROTOCOLLO, severalReported(2));
    await heard.until("event", 2);
    expect(heard.told).to.deep.equal(["confirmation", "event", "event"]);
  });
});
