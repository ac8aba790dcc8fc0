import { BACKWARDS, END, START, StreamNotFoundError, type Position } from "@eventstore/db-client";
import { expect } from "chai";
import { newEventId } from "../../../src/kernel/uuid.js";
import { rejection } from "../../contract/rig.js";
import { idsOf, reported, severalReported, wired } from "./rig.js";

const PROTOCOLLO = "il.lecco.incident-protocollo";
const POSTA = "il.lecco.incident-posta";

describe("the EventStoreDB test server: reads", () => {
  const rig = wired();

  it("gives a stream both ways, from a revision on, so many events", async () => {
    const { client } = rig();
    const added = severalReported(5);
    const ids = added.map(({ id }) => id);
    await client.appendToStream(PROTOCOLLO, added);
    await client.appendToStream(POSTA, reported("elsewhere"));
    expect(await idsOf(client.readStream(PROTOCOLLO))).to.deep.equal(ids);
    expect(await idsOf(client.readStream(PROTOCOLLO, { fromRevision: 1n, maxCount: 2 }))).to.deep.equal(ids.slice(1, 3));
    expect(await idsOf(client.readStream(PROTOCOLLO, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }))).to.deep.equal([ids[4], ids[3]]);
    expect(await idsOf(client.readStream(PROTOCOLLO, { direction: BACKWARDS, fromRevision: 1n }))).to.deep.equal([ids[1], ids[0]]);
    expect(await idsOf(client.readStream(PROTOCOLLO, { fromRevision: 5n }))).to.deep.equal([]);
    expect(await idsOf(client.readStream(PROTOCOLLO, { fromRevision: END }))).to.deep.equal([]);
  });

  it("gives what was appended as it was appended", async () => {
    const { client } = rig();
    const added = reported("il protocollo non risponde: è giù");
    await client.appendToStream(PROTOCOLLO, added);
    for await (const { event } of client.readStream(PROTOCOLLO)) {
      expect([event?.id, event?.streamId, event?.revision, event?.type, event?.isJson]).to.deep.equal([added.id, PROTOCOLLO, 0n, added.type, true]);
      expect([event?.data, event?.metadata]).to.deep.equal([added.data, added.metadata]);
    }
  });

  it("says which stream is not there", async () => {
    const error = await rejection(idsOf(rig().client.readStream(POSTA)));
    expect(error).to.be.instanceOf(StreamNotFoundError).with.property("streamName", POSTA);
  });

  it("gives the whole store in the order of its positions, forwards with the event at a position, backwards without it", async () => {
    const { client } = rig();
    for (const [index, event] of severalReported(4).entries()) await client.appendToStream(index % 2 === 0 ? PROTOCOLLO : POSTA, event);
    const found: { readonly id: string; readonly position: Position }[] = [];
    for await (const { event } of client.readAll()) if (event?.position !== undefined) found.push({ id: event.id, position: event.position });
    const ids = found.map(({ id }) => id);
    const commits = found.map(({ position }) => position.commit);
    expect(ids, "the store's own event comes first").to.have.length(5);
    expect([...commits].sort((a, b) => (a < b ? -1 : 1))).to.deep.equal(commits);
    const third = found[2]?.position ?? expect.fail();
    expect(await idsOf(client.readAll({ fromPosition: third }))).to.deep.equal(ids.slice(2));
    expect(await idsOf(client.readAll({ fromPosition: third, direction: BACKWARDS }))).to.deep.equal([ids[1], ids[0]]);
    expect(await idsOf(client.readAll({ fromPosition: START, maxCount: 3 }))).to.deep.equal(ids.slice(0, 3));
    expect(await idsOf(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 2 }))).to.deep.equal([ids[4], ids[3]]);
    expect(await idsOf(client.readAll({ fromPosition: END }))).to.deep.equal([]);
  });

  it("holds what other applications wrote, and what is no JSON though it says so", async () => {
    const { client, server } = rig();
    const torn = { id: newEventId(), type: "IncidentReported", contentType: "application/json", data: Buffer.from('{"note":"prot'), metadata: Buffer.from("none") };
    const scan = { id: newEventId(), type: "scan", contentType: "application/octet-stream", data: Uint8Array.of(0xff, 0x00), metadata: new Uint8Array() };
    server.log.append(PROTOCOLLO, "any", [torn]);
    server.log.append("archive-1", "any", [scan]);
    const found: unknown[] = [];
    for await (const { event } of client.readAll()) found.push([event?.streamId, event?.type, event?.isJson, event?.data]);
    expect(found.slice(1)).to.deep.equal([[PROTOCOLLO, "IncidentReported", true, '{"note":"prot'], ["archive-1", "scan", false, scan.data]]);
  });
});
