import { expect } from "chai";
import { actorId, commandId, disruptionId, entryId, importId, instant, ledgerId, type EventId, type StreamName } from "../../src/kernel/brand.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { streamOf } from "../../src/kernel/stream.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { createLedger, type Ledger } from "../../src/app/ledger.js";
import type { Submission, SubmitResult } from "../../src/app/submission.js";
import type { EventStore } from "../../src/eventstore/port.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { storeWith } from "../readmodel/stand-ins.js";
import { at, NOW } from "../support/given.js";
import { CLOUD_OUTAGE, everyone, OPENED, REPORTED } from "../support/lecco.js";
import { inTempFolder } from "../support/temp-folder.js";

const LEDGER = ledgerId("lecco");
const SHA = "a".repeat(64);
const STREAM = streamOf(LEDGER, "incident", CLOUD_OUTAGE);
const REPORT: LedgerCommand = { type: "ReportIncident", data: REPORTED.data };
const OPEN: LedgerCommand = { type: "OpenDisruption", data: OPENED.data };

function submission(id: string, command: LedgerCommand, more: Partial<Submission> = {}): Submission {
  return { command, commandId: commandId(id), actor: { id: actorId("lead-body"), verified: false }, ...more };
}
function codeOf(result: SubmitResult): string {
  return result.kind === "refused" ? result.refusal.code : result.kind;
}
function accepted(result: SubmitResult) {
  if (result.kind === "refused") throw new Error(result.refusal.message);
  return result;
}
async function onLedger(work: (ledger: Ledger, store: EventStore) => Promise<void>, eventSizeLimitBytes = 100_000): Promise<void> {
  await inTempFolder(async (folder) => {
    const store = openSqliteEventStore({ folder, eventSizeLimitBytes });
    try {
      await work(createLedger({ store, ledgerId: LEDGER, clock: () => NOW, newEventId, evidence: { sizeOf: (sha256) => Promise.resolve(sha256 === SHA ? 120 : undefined) } }), store);
    } finally {
      await store.close();
    }
  });
}
async function put(store: EventStore, stream: StreamName, event: { id: EventId; type: string; data: object; schemaVersion?: number }): Promise<void> {
  const metadata = canonicalJson({ actor: { id: "lead-body", verified: false }, commandId: "old", commandDigest: "", recordedAt: NOW, schemaVersion: event.schemaVersion ?? 1, $correlationId: "old", $causationId: "old" });
  await store.append(stream, { kind: "any" }, [{ id: event.id, type: event.type, data: canonicalJson(event.data), metadata }]);
}

describe("submitting a command", () => {
  it("stores the event with who, when and from which command", () =>
    onLedger(async (ledger) => {
      const result = accepted(await ledger.submit(submission("c1", REPORT, { sourceRecordedAt: at("2019-09-26T00:00:00Z"), importId: importId("i1"), correlationId: "r1" })));
      expect(result).to.include({ stream: STREAM, revision: 0, repeated: false });
      expect(result.events.map(({ event }) => event)).to.deep.equal([REPORTED]);
      expect(result.events[0]?.meta).to.deep.include({ actor: { id: "lead-body", verified: false }, commandId: "c1", correlationId: "r1", causationId: "c1", recordedAt: NOW, sourceRecordedAt: at("2019-09-26T00:00:00Z"), importId: "i1" });
    }));
  it("repeated with the same content answers with the first result, before the expected revision is looked at", () =>
    onLedger(async (ledger) => {
      const first = accepted(await ledger.submit(submission("c1", REPORT, { expectedRevision: "none" })));
      accepted(await ledger.submit(submission("c2", OPEN)));
      const again = accepted(await ledger.submit(submission("c1", REPORT, { expectedRevision: "none" })));
      expect(again).to.deep.equal({ ...first, repeated: true });
    }));
  it("the same id with other content is refused, on its stream", () =>
    onLedger(async (ledger) => {
      await ledger.submit(submission("c1", REPORT));
      expect(codeOf(await ledger.submit(submission("c1", OPEN)))).to.equal("COMMAND_ID_REUSED");
    }));
  it("with an expected revision a conflict is answered, without one it is decided again", () =>
    onLedger(async (ledger) => {
      await ledger.submit(submission("c1", REPORT));
      expect(codeOf(await ledger.submit(submission("c2", OPEN, { expectedRevision: 7 })))).to.equal("REVISION_CONFLICT");
      expect(codeOf(await ledger.submit(submission("c2", OPEN, { expectedRevision: "none" })))).to.equal("REVISION_CONFLICT");
      expect(codeOf(await ledger.submit(submission("c2", OPEN, { expectedRevision: 0 })))).to.equal("accepted");
    }));
  it("many at once on one stream all find their place, and the same command twice is taken once", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      const responses = Array.from({ length: 50 }, (_, n) => submission(`response-${n % 40}`, { type: "RecordResponse", data: { incidentId: CLOUD_OUTAGE, entryId: entryId(`r${n % 40}`), occurredAt: instant(at("2019-09-25T07:00:00Z") + (n % 40)), text: everyone("Called the supplier.") } }));
      const results = await Promise.all(responses.map((each) => ledger.submit(each)));
      expect(results.filter((result) => result.kind === "accepted" && !result.repeated)).to.have.length(40);
      expect(results.filter((result) => result.kind === "accepted" && result.repeated)).to.have.length(10);
      const stream = await store.readStream(STREAM, { direction: "forwards", limit: 100 });
      expect(stream.kind === "events" && stream.events.length).to.equal(41);
    }));
  it("an append that was stored but not confirmed says what to do, and sent again it is the first one's result", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      const append: EventStore["append"] = async (stream, expected, events) => {
        await store.append(stream, expected, events);
        return { kind: "store-unavailable", reason: "no answer in time" };
      };
      const unlucky = createLedger({ store: storeWith(store, { append }), ledgerId: LEDGER, clock: () => NOW, newEventId, evidence: { sizeOf: () => Promise.resolve(undefined) } });
      const result = await unlucky.submit(submission("a", OPEN));
      expect(codeOf(result)).to.equal("STORE_UNAVAILABLE");
      expect(result.kind === "refused" && result.refusal.message).to.contain("no answer in time").and.contain("the same command id").and.not.contain("nothing was stored");
      const again = await ledger.submit(submission("a", OPEN));
      expect(again).to.include({ kind: "accepted", repeated: true, revision: 1 });
    }));
  it("how often it was decided again is told, and after ten times it is answered as a conflict", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      let [losses, retries] = [3, 0];
      const append: EventStore["append"] = (stream, expected, events) =>
        losses-- > 0 ? Promise.resolve({ kind: "wrong-expected-revision", actual: 0 }) : store.append(stream, expected, events);
      const slower = createLedger({ store: storeWith(store, { append }), ledgerId: LEDGER, clock: () => NOW, newEventId, evidence: { sizeOf: () => Promise.resolve(undefined) }, onRetry: () => (retries += 1) });
      expect([codeOf(await slower.submit(submission("a", OPEN))), retries]).to.deep.equal(["accepted", 3]);
      losses = Infinity;
      expect(codeOf(await slower.submit(submission("b", { type: "OpenDisruption", data: { ...OPENED.data, disruptionId: disruptionId("other") } })))).to.equal("REVISION_CONFLICT");
      expect(retries).to.equal(3 + 9);
    }));
  it("two processes' worth of ledgers on one store: a conflict is decided again on what the other wrote", () =>
    onLedger(async (ledger, store) => {
      const other = createLedger({ store, ledgerId: LEDGER, clock: () => NOW, newEventId, evidence: { sizeOf: () => Promise.resolve(undefined) } });
      await ledger.submit(submission("c1", REPORT));
      const opening = { ...OPENED.data };
      const [one, two] = await Promise.all([ledger.submit(submission("a", { type: "OpenDisruption", data: opening })), other.submit(submission("b", { type: "OpenDisruption", data: opening }))]);
      expect([codeOf(one), codeOf(two)].sort()).to.deep.equal(["ID_ALREADY_USED", "accepted"]);
    }));
});

describe("what is refused before it is stored", () => {
  it("evidence whose file is missing or has another size", () =>
    onLedger(async (ledger) => {
      await ledger.submit(submission("c1", REPORT));
      const attach = (sha256: string, sizeBytes: number): LedgerCommand => ({
        type: "AttachEvidence",
        data: { incidentId: CLOUD_OUTAGE, entryId: entryId("log"), occurredAt: at("2019-09-26T08:00:00Z"), sha256, fileName: "log.txt", mediaType: "text/plain", sizeBytes },
      });
      expect(codeOf(await ledger.submit(submission("e1", attach("b".repeat(64), 120))))).to.equal("NOT_FOUND");
      expect(codeOf(await ledger.submit(submission("e1", attach(SHA, 121))))).to.equal("EVIDENCE_MISMATCH");
      expect(codeOf(await ledger.submit(submission("e1", attach(SHA, 120))))).to.equal("accepted");
    }));
  it("an event larger than the ledger takes, with nothing stored", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      const result = await ledger.submit(submission("c2", { type: "OpenDisruption", data: { ...OPENED.data, text: everyone("è".repeat(15_000)) } }));
      expect(codeOf(result)).to.equal("EVENT_TOO_LARGE");
      expect(await store.lastPosition()).to.deep.equal({ kind: "position", position: "1" });
    }, 20_000));
  it("a command on a stream with an event that this release does not understand", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      await put(store, STREAM, { id: newEventId(), type: "IncidentSplit", data: { incidentId: CLOUD_OUTAGE } });
      const result = await ledger.submit(submission("c2", OPEN));
      expect(codeOf(result)).to.equal("STREAM_NOT_UNDERSTOOD");
    }));
  it("a store that is away: a retryable answer", () =>
    onLedger(async (ledger, store) => {
      await store.close();
      expect(codeOf(await ledger.submit(submission("c1", REPORT)))).to.equal("STORE_UNAVAILABLE");
    }));
});

describe("events of an older schema version", () => {
  it("pass through their upcaster: a response of version 1 gains its audience, also inside a correction", () =>
    onLedger(async (ledger, store) => {
      await ledger.submit(submission("c1", REPORT));
      const id = newEventId();
      await put(store, STREAM, { id, type: "ResponseRecorded", data: { incidentId: CLOUD_OUTAGE, entryId: "old", occurredAt: at("2019-09-25T07:00:00Z"), text: "Chiamato il fornitore.", language: "it" } });
      const data = { incidentId: CLOUD_OUTAGE, entryId: "old", occurredAt: at("2019-09-25T07:05:00Z"), text: { text: "Chiamato il fornitore.", language: "it", audience: { kind: "everyone" } } };
      const correction: LedgerCommand = { type: "CorrectRecord", data: { category: "incident", subjectId: CLOUD_OUTAGE, eventId: id, data, reason: "Five minutes later." } };
      const result = accepted(await ledger.submit(submission("c2", correction)));
      const event = result.events[0]?.event;
      expect(event?.type === "RecordCorrected" && event.data.before.data).to.deep.include({ text: data.text });
      const again = accepted(await ledger.submit(submission("c3", OPEN)));
      expect(again.revision).to.equal(3);
    }));
});
