import { expect } from "chai";
import fc from "fast-check";
import { answerInError, batchAnswer, batchMessages, callAnswer, callMessages } from "../../../src/eventstore/eventstoredb/append-message.js";
import { failureOf, StoreFailure } from "../../../src/eventstore/eventstoredb/failure.js";
import { convertToCommandError, shared, streams } from "../../../src/eventstore/eventstoredb/protocol.js";
import { passes, readAllRequest, readMessage, subscribeRequest } from "../../../src/eventstore/eventstoredb/read-message.js";
import { eventIdOf, textOfUuid, uuidOf } from "../../../src/eventstore/eventstoredb/uuid.js";
import type { StoredEvent } from "../../../src/eventstore/port.js";
import { position, streamName } from "../../../src/kernel/brand.js";
import { newEventId } from "../../../src/kernel/uuid.js";
import { event } from "../../contract/rig.js";

const STREAM = streamName("il.lecco.incident-protocollo");

/** A message as it arrives: written to bytes and read again. */
function sent<Message extends { serializeBinary(): Uint8Array }>(message: Message, read: (bytes: Uint8Array) => Message): Message {
  return read(message.serializeBinary());
}
function gRpcError(code: number, details: string, metadata: Readonly<Record<string, string>> = {}): Error {
  return Object.assign(new Error(`${code}: ${details}`), { code, details, metadata: { getMap: () => metadata } });
}
function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.fail("nothing was thrown");
}

describe("messages of the EventStoreDB protocol", () => {
  describe("an append", () => {
    it("names its stream, its exact place and its bytes, in one message or several", () => {
      const added = [event("Lecco 🏛"), event("x".repeat(800_000)), event("y".repeat(800_000)), event("last")];
      const messages = batchMessages({ stream: STREAM, after: 7, events: added }, newEventId()).map((message) => sent(message, (bytes) => streams.BatchAppendReq.deserializeBinary(bytes)));
      expect(messages.map((message) => [message.hasOptions(), message.getIsFinal(), message.getProposedMessagesList().length])).to.deep.equal([[true, false, 2], [false, true, 2]]);
      const options = messages[0]?.getOptions();
      expect(options?.getStreamPosition()).to.equal("7");
      expect(options?.hasNoStream()).to.equal(false);
      const proposed = messages.flatMap((message) => message.getProposedMessagesList());
      expect(proposed.map((message) => message.getId()?.getString())).to.deep.equal(added.map(({ id }) => id));
      expect(proposed.map((message) => Buffer.from(message.getData_asU8()).toString())).to.deep.equal(added.map(({ data }) => data));
      expect(proposed[0]?.getMetadataMap().get("content-type")).to.equal("application/json");
    });

    it("to a new stream says so, and gives the server a day by this machine's clock", () => {
      const [message] = batchMessages({ stream: STREAM, after: "no-stream", events: [event("a")] }, newEventId());
      const options = sent(message ?? expect.fail(), (bytes) => streams.BatchAppendReq.deserializeBinary(bytes)).getOptions();
      expect(options?.hasNoStream()).to.equal(true);
      expect(options?.hasStreamPosition()).to.equal(false);
      expect(options?.getDeadline()?.getSeconds()).to.be.closeTo(Date.now() / 1000 + 86_400, 5);
    });

    it("on a server that takes no batches is a call of its own", () => {
      const [options, proposed] = callMessages({ stream: STREAM, after: 3, events: [event("a")] });
      expect(options?.getOptions()?.getRevision()).to.equal("3");
      expect(proposed?.getProposedMessage()?.getMetadataMap().get("type")).to.equal("IncidentReported");
      const success = new streams.AppendResp.Success().setCurrentRevision("4").setPosition(new streams.AppendResp.Position().setCommitPosition("18").setPreparePosition("17"));
      expect(callAnswer(new streams.AppendResp().setSuccess(success))).to.deep.equal({ kind: "stored", revision: 4, place: { commit: "18", prepare: "17" } });
      const conflict = new streams.AppendResp.WrongExpectedVersion();
      expect(callAnswer(new streams.AppendResp().setWrongExpectedVersion(conflict))).to.deep.equal({ kind: "conflict", actual: "no-stream" });
      conflict.setCurrentRevision("9");
      expect(callAnswer(new streams.AppendResp().setWrongExpectedVersion(conflict))).to.deep.equal({ kind: "conflict", actual: 9 });
    });

    it("that the server does not know the place of has none", () => {
      const nowhere = new shared.AllStreamPosition().setCommitPosition("18446744073709551615").setPreparePosition("18446744073709551615");
      for (const success of [new streams.BatchAppendResp.Success().setCurrentRevision("4"), new streams.BatchAppendResp.Success().setCurrentRevision("4").setPosition(nowhere)]) {
        expect(batchAnswer(new streams.BatchAppendResp().setSuccess(success))).to.deep.equal({ kind: "stored", revision: 4, place: undefined });
      }
    });

    it("that conflicts or is too large is answered in the metadata of an error by some servers, with the old name or the new", () => {
      const metadata = { exception: "wrong-expected-version", "stream-name": STREAM, "expected-version": "3" };
      const old = (actual: Readonly<Record<string, string>>): Error => convertToCommandError(gRpcError(9, "conflict", { ...metadata, ...actual }));
      expect(answerInError(old({ "actual-version": "5" }))).to.deep.equal({ kind: "conflict", actual: 5 });
      expect(answerInError(old({ "actual-version": "-1" }))).to.deep.equal({ kind: "conflict", actual: "no-stream" });
      expect(answerInError(old({}))).to.deep.equal({ kind: "conflict", actual: "no-stream" });
      expect(answerInError(Object.assign(new Error("conflict"), { type: "wrong-expected-version", actualState: 8n }))).to.deep.equal({ kind: "conflict", actual: 8 });
      expect(answerInError(Object.assign(new Error("conflict"), { type: "wrong-expected-version" }))).to.deep.equal({ kind: "conflict", actual: undefined });
      const large = convertToCommandError(gRpcError(3, "large", { exception: "maximum-append-size-exceeded", "maximum-append-size": "1048576" }));
      expect(answerInError(large)).to.deep.equal({ kind: "too-large", limitBytes: 1_048_576 });
      expect(answerInError(gRpcError(14, "away"))).to.equal(undefined);
    });
  });

  describe("errors", () => {
    it("of connecting and of the server's passing state are worth another attempt", () => {
      for (const error of [gRpcError(14, "ECONNREFUSED"), gRpcError(4, "deadline"), gRpcError(10, "timeout"), gRpcError(13, "internal"), gRpcError(1, "by the server"), new Error("socket hang up"), "text"]) {
        expect(failureOf(error)).to.include({ isTransient: true, isLeaderElsewhere: false, isUnknownPosition: false });
      }
      expect(failureOf(gRpcError(5, "leader", { exception: "not-leader", "leader-endpoint-host": "node2", "leader-endpoint-port": "2113" }))).to.include({ isTransient: true, isLeaderElsewhere: true });
      expect(failureOf(gRpcError(5, "leader unknown", { exception: "not-leader" }))).to.include({ isTransient: true });
    });

    it("that repeating does not change are not", () => {
      for (const error of [gRpcError(7, "no", { exception: "access-denied" }), gRpcError(7, "no"), gRpcError(16, "who"), gRpcError(9, "gone", { exception: "stream-deleted", "stream-name": STREAM })]) {
        expect(failureOf(error)).to.include({ isTransient: false });
      }
      expect(failureOf(gRpcError(3, "no such position"))).to.include({ isTransient: false, isUnknownPosition: true });
    });

    it("in an answer to a batch keep what they say", () => {
      expect(thrown(() => batchAnswer(new streams.BatchAppendResp()))).to.be.instanceOf(StoreFailure).and.to.include({ isTransient: true });
    });
  });

  describe("events", () => {
    const recorded = (): streams.ReadResp.ReadEvent.RecordedEvent =>
      new streams.ReadResp.ReadEvent.RecordedEvent()
        .setId(uuidOf("0192F0AE-1111-7ABC-8DEF-000000000001"))
        .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(STREAM)))
        .setStreamRevision("12").setCommitPosition("9007199254740993").setPreparePosition("9007199254740992");
    const read = (one: streams.ReadResp.ReadEvent.RecordedEvent): StoredEvent => {
      const response = sent(new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(one)), (bytes) => streams.ReadResp.deserializeBinary(bytes));
      const message = readMessage(response);
      return message.kind === "event" ? message.event : expect.fail(message.kind);
    };

    it("are handed on as the text that was stored, whoever wrote them and whether it is JSON or not", () => {
      for (const [data, metadata] of [['{"b":1,"a":1.0}', '{ "x" : 1 }'], ["{not json", ""], ["", "null"], ['"text"', "[1]"], ["\ufeff{}", "\u0000"]] as const) {
        const one = recorded().setData(Buffer.from(data)).setCustomMetadata(Buffer.from(metadata));
        one.getMetadataMap().set("type", "Whatever").set("content-type", "application/json");
        expect(read(one)).to.deep.equal({
          id: "0192f0ae-1111-7abc-8def-000000000001", stream: STREAM, type: "Whatever", revision: 12, position: "C:9007199254740993/P:9007199254740992", data, metadata,
        });
      }
    });

    it("without type or id are not the end of it", () => {
      const one = recorded();
      one.clearId();
      expect(read(one)).to.include({ id: "00000000-0000-0000-0000-000000000000", type: "" });
    });

    it("of a server too old to say where they lie are refused", () => {
      const one = recorded().setCommitPosition("18446744073709551615");
      expect(thrown(() => read(one))).to.be.instanceOf(StoreFailure).and.to.include({ isTransient: false });
    });

    it("have ids in either form of a UUID", () => {
      fc.assert(
        fc.property(fc.uuid(), (id) => {
          const bits = BigInt(`0x${id.replaceAll("-", "")}`);
          const halves = new shared.UUID.Structured().setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n))).setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
          const structured = sent(new shared.UUID().setStructured(halves), (bytes) => shared.UUID.deserializeBinary(bytes));
          expect(textOfUuid(structured)).to.equal(id);
          expect(eventIdOf(uuidOf(id.toUpperCase()))).to.equal(id);
        }),
      );
    });
  });

  describe("filters", () => {
    const filterOf = (filter: Parameters<typeof subscribeRequest>[1]) => subscribeRequest(undefined, filter).getOptions()?.getFilter() ?? expect.fail();

    it("leave out the server's own events, and other streams on the server itself", () => {
      expect(filterOf(undefined).getEventType()?.getRegex()).to.equal("^[^$]");
      expect(filterOf({ streamPrefix: "il.lecco.", eventTypes: ["DisruptionOpened"] }).getStreamIdentifier()?.getPrefixList()).to.deep.equal(["il.lecco."]);
      expect(filterOf({ streamPrefix: "il.lecco." }).hasEventType()).to.equal(false);
    });

    it("by types are exact, whatever signs are in them", () => {
      fc.assert(
        fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (types, other) => {
          const pattern = new RegExp(filterOf({ eventTypes: types }).getEventType()?.getRegex() ?? "");
          for (const type of types) expect(pattern.test(type), type).to.equal(true);
          expect(pattern.test(other)).to.equal(types.includes(other));
        }),
      );
    });

    it("hold in both parts", () => {
      const one: StoredEvent = { ...event("a", "DisruptionOpened"), stream: STREAM, revision: 0, position: position("C:5/P:4") };
      expect(passes({ streamPrefix: "il.lecco.", eventTypes: ["DisruptionOpened"] }, one)).to.equal(true);
      expect(passes({ streamPrefix: "il.lecco.", eventTypes: ["DisruptionEnded"] }, one)).to.equal(false);
      expect(passes({ streamPrefix: "il.como.", eventTypes: ["DisruptionOpened"] }, one)).to.equal(false);
      expect(passes(undefined, one)).to.equal(true);
    });

    it("are sent with pages in both directions", () => {
      for (const [direction, number] of [["forwards", 0], ["backwards", 1]] as const) {
        const options = readAllRequest({ direction, from: { commit: "5", prepare: "4" }, count: 3, filter: { streamPrefix: "il." } }).getOptions();
        expect([options?.getReadDirection(), options?.getCount(), options?.getAll()?.getPosition()?.getCommitPosition(), options?.hasFilter()]).to.deep.equal([number, "3", "5", true]);
      }
    });
  });
});
