import { expect } from "chai";
import { commandId, incidentId } from "../../src/kernel/brand.js";
import type { Submission, SubmitResult } from "../../src/app/submission.js";
import { importFile, takeBack, type ImportReport, type ImportTarget } from "../../src/import/index.js";
import { at } from "../support/given.js";
import { ACTOR, eventsOf, file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

const HEADER = "incident,title,service,bodies,degree,start,end";
const row = (name: string, { degree = "outage", start = "2019-09-25T08:00:00Z", end = "2019-09-25T09:00:00Z" } = {}): string => `${name},Guasto,protocollo,lecco,${degree},${start},${end}`;
const csv = (...rows: readonly string[]) => file("disservizi.csv", [HEADER, ...rows].join("\n"));
const REASON = "The file was the wrong one.";

describe("an import", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());
  const count = async (): Promise<number> => {
    const page = await into.store.readAll({ direction: "forwards", limit: 10_000 });
    return page.kind === "events" ? page.events.length : -1;
  };
  const id = (name: string): string => `csv.disservizi.${name}`;
  const ends = async (name: string): Promise<unknown[]> => (await holding(into, "incident", id(name))).flatMap(({ type, data }) => (type === "DisruptionEnded" && "occurredAt" in data ? [data.occurredAt] : []));

  it("repeated, changes nothing; grown, adds only what is new", async () => {
    const first = await take(into, csv(row("a"), row("b")));
    const stored = await count();
    expect(first).to.include({ items: 2, repeated: 0 });
    expect(await take(into, csv(row("a"), row("b")))).to.include({ items: 2, accepted: 0, repeated: 2 });
    expect(await count()).to.equal(stored);
    const grown = await take(into, csv(row("a"), row("b"), row("c")));
    expect(grown).to.include({ items: 3, accepted: 4, repeated: 2 });
    expect(grown.created).to.include({ bodies: 0, services: 0, incidents: 1 });
  });

  it("corrects what the file says otherwise, and completes what it left open", async () => {
    await take(into, csv(row("a", { end: "" })));
    await take(into, csv(row("a", { degree: "partial", start: "2019-09-25T07:00:00Z" })));
    const facts = await holding(into, "incident", id("a"));
    expect(facts.map(({ type }) => type)).to.deep.equal(["IncidentReported", "DisruptionOpened", "DisruptionEnded", "IncidentResolved"]);
    expect(facts[1]?.data).to.include({ degree: "partial", occurredAt: at("2019-09-25T07:00:00Z") });
    await take(into, csv(row("a", { degree: "partial", start: "2019-09-25T07:00:00Z", end: "" })));
    expect((await holding(into, "incident", id("a"))).map(({ type }) => type), "a row without an end does not say that it goes on").to.deep.equal(["IncidentReported", "DisruptionOpened", "DisruptionEnded"]);
  });

  it("changed back and forth, follows the file each time", async () => {
    for (const end of ["2019-09-25T09:00:00Z", "2019-09-25T10:00:00Z", "2019-09-25T09:00:00Z", "2019-09-25T10:00:00Z"]) {
      expect((await take(into, csv(row("a", { end })))).problems).to.deep.equal([]);
      expect(await ends("a")).to.deep.equal([at(end)]);
    }
  });

  it("leaves alone what people corrected or withdrew by hand, until the file itself changes", async () => {
    await take(into, csv(row("a"), row("b")));
    const of = async (name: string, type: string) => (await into.target.history("incident", id(name))).find(({ event }) => event.type === type);
    const [ended, resolved] = [await of("a", "DisruptionEnded"), await of("b", "IncidentResolved")];
    if (ended?.event.type !== "DisruptionEnded" || resolved === undefined) return expect.fail("nothing to correct");
    const hand = (command: Submission["command"], name: string) => into.ledger.submit({ command, commandId: commandId(name), actor: ACTOR });
    await hand({ type: "CorrectRecord", data: { category: "incident", subjectId: id("a"), eventId: ended.id, data: { incidentId: id("a"), disruptionId: ended.event.data.disruptionId, occurredAt: at("2019-09-25T08:30:00Z") }, reason: "Seen in the log." } }, "by-hand-1");
    await hand({ type: "WithdrawRecord", data: { category: "incident", subjectId: id("b"), eventId: resolved.id, reason: "Not over." } }, "by-hand-2");
    const again = await take(into, csv(row("a"), row("b")));
    expect(again).to.include({ accepted: 0, leftAlone: 1, problemCount: 0 });
    expect(await ends("a")).to.deep.equal([at("2019-09-25T08:30:00Z")]);
    await take(into, csv(row("a", { end: "2019-09-25T09:15:00Z" }), row("b")));
    expect(await ends("a")).to.deep.equal([at("2019-09-25T09:15:00Z")]);
  });

  it("aborted, stops after the items under way; repeated, goes on to the same ledger as one run", async () => {
    const rows = Array.from({ length: 1000 }, (_, n) => row(`g${n}`));
    const abort = new AbortController();
    const stopped = await take(into, csv(...rows), { signal: abort.signal, onProgress: ({ items }) => items >= 100 && abort.abort() });
    expect(stopped.outcome).to.equal("aborted");
    expect(stopped.items).to.be.within(100, 999);
    const resumed = await take(into, csv(...rows));
    expect(resumed).to.include({ outcome: "imported", problemCount: 0, items: 1000, repeated: stopped.items });
    expect(stopped.accepted + resumed.accepted).to.equal(1000 * 4 + 4);
    expect(await count()).to.equal(1000 * 4 + 4);
  });

  it("is resumed at any single step after a crash, into the same streams", async () => {
    const source = csv(row("a"), row("a", { degree: "partial" }), row("b", { end: "" }));
    const whole = await openTestLedger();
    await take(whole, source);
    const names = ["a", "b"];
    const factsOf = (of: TestLedger) => Promise.all(names.map((name) => holding(of, "incident", id(name))));
    for (let survive = 0; survive < 14; survive += 1) {
      const crashed = await openTestLedger();
      await importFile(source, crashing(crashed.target, survive), { actor: ACTOR, clock: () => crashed.now }).then(() => undefined, () => undefined);
      await take(crashed, source);
      expect(await factsOf(crashed), `after ${survive} steps`).to.deep.equal(await factsOf(whole));
      await crashed.close();
    }
    await whole.close();
  });

  it("strict, refuses the whole file for one problem, also one that only the rules find, with nothing stored", async () => {
    const unclear = await take(into, csv(row("a"), row("b", { degree: "broken" })), { strict: true });
    expect(unclear).to.include({ outcome: "refused", accepted: 0, problemCount: 1 });
    const future = await take(into, csv(row("a"), row("b", { start: "2027-01-01T00:00:00Z", end: "" })), { strict: true });
    expect(future).to.include({ outcome: "refused" });
    expect(future.problems.map(({ code }) => code)).to.deep.equal(["TIME_IN_FUTURE"]);
    expect(await count()).to.equal(0);
    expect(await take(into, csv(row("a"), row("b")), { strict: true })).to.include({ outcome: "imported", problemCount: 0 });
  });

  it("rehearsed, says what would happen and stores nothing", async () => {
    const said = await take(into, csv(row("a"), row("b", { degree: "broken" })), { dryRun: true });
    expect(await count()).to.equal(0);
    const done = await take(into, csv(row("a"), row("b", { degree: "broken" })));
    expect({ ...said, outcome: "imported" }).to.deep.equal(done);
    expect(await take(into, csv(row("a", { end: "2019-09-25T10:00:00Z" })), { dryRun: true })).to.include({ outcome: "rehearsed", accepted: 2 });
  });

  it("tells of its progress in bytes and items", async () => {
    const seen: { bytesRead: number; items: number; bytesTotal: number | undefined }[] = [];
    const source = csv(...Array.from({ length: 50 }, (_, n) => row(`g${n}`)));
    await take(into, source, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).to.include({ phase: "importing", items: 50, bytesRead: source.sizeBytes, bytesTotal: source.sizeBytes, accepted: 204, problems: 0 });
    expect(seen.map(({ items }) => items)).to.deep.equal(seen.map(({ items }) => items).sort((a, b) => a - b));
  });

  it("stops with the ledger's refusal when it cannot take more, and goes on when repeated", async () => {
    const thrown: unknown = await importFile(csv(row("a"), row("b")), crashing(into.target, 6), { actor: ACTOR, clock: () => into.now }).then(() => undefined, (error: unknown) => error);
    expect(thrown).to.include({ code: "STORE_UNAVAILABLE" });
    expect(await take(into, csv(row("a"), row("b")))).to.include({ outcome: "imported", problemCount: 0 });
  });

  describe("taken back", () => {
    const back = (report: Pick<ImportReport, "importId">) => takeBack(into.target, { importId: report.importId, actor: ACTOR, reason: REASON });

    it("withdraws everything it recorded, also corrected and withdrawn records, and says why", async () => {
      await take(into, csv(row("a"), row("b", { end: "" })));
      const report = await take(into, csv(row("a", { end: "2019-09-25T10:00:00Z" }), row("b", { end: "" })));
      const events = await eventsOf(into, report.importId);
      const taken = await back(report);
      expect(taken).to.deep.include({ outcome: "taken-back", events: events.length, withdrawnBefore: 0, notWithdrawn: [] });
      for (const [category, name] of [["incident", id("a")], ["incident", id("b")], ["body", "lecco"], ["service", "protocollo"], ["contract", "imported"]] as const) expect(await holding(into, category, name), name).to.deep.equal([]);
      const last = (await into.target.history("incident", id("a"))).at(-1);
      expect(last?.event.type === "RecordWithdrawn" ? last.event.data.reason : "").to.equal(REASON);
      expect(await back(report), "repeated").to.deep.include({ outcome: "taken-back", withdrawn: 0 });
    });

    it("is over: its id is used up, and another id brings the file in again without meeting the old one", async () => {
      const report = await take(into, csv(row("a")));
      await back(report);
      const refused: unknown = await take(into, csv(row("a"))).then(() => undefined, (error: unknown) => error);
      expect(refused).to.include({ code: "IMPORT_REFUSED" });
      const again = await take(into, csv(row("a")), { importId: "second-try" });
      expect(again).to.include({ problemCount: 0, accepted: 8 });
      expect((await holding(into, "incident", "second-try.a")).map(({ type }) => type)).to.include("DisruptionOpened");
    });

    it("leaves what later facts of others rest on, and reports each with its reason", async () => {
      const report = await take(into, csv(row("a"), row("b")));
      await into.ledger.submit({ command: { type: "CloseIncident", data: { incidentId: idOf(report, "a"), occurredAt: at("2019-09-26T00:00:00Z") } }, commandId: commandId("close-a"), actor: ACTOR });
      const taken = await back(report);
      expect(taken.outcome).to.equal("partly");
      expect(taken.notWithdrawn.map(({ type, refusal }) => [type, refusal.code])).to.deep.equal(["IncidentResolved", "DisruptionEnded", "DisruptionOpened", "IncidentReported"].map((type) => [type, "HISTORY_REFUSED"]));
      expect(await holding(into, "incident", id("b"))).to.deep.equal([]);
      const closed = (await into.target.history("incident", id("a"))).find(({ event }) => event.type === "IncidentClosed");
      if (closed === undefined) return expect.fail("it was closed");
      await into.ledger.submit({ command: { type: "WithdrawRecord", data: { category: "incident", subjectId: id("a"), eventId: closed.id, reason: REASON } }, commandId: commandId("reopen-a"), actor: ACTOR });
      expect(await back(report), "repeated, it takes back the rest").to.deep.include({ outcome: "taken-back", withdrawn: 4 });
      expect(await holding(into, "incident", id("a"))).to.deep.equal([]);
    });

    it("needs an import that recorded something, and a reason", async () => {
      const report = await take(into, csv(row("a")), { dryRun: true });
      await back(report).then(() => expect.fail("nothing was recorded"), (error: unknown) => expect(error).to.include({ code: "NOT_FOUND" }));
      await takeBack(into.target, { ...report, actor: ACTOR, reason: " " }).then(() => expect.fail("no reason"), (error: unknown) => expect(error).to.include({ code: "INVALID_INPUT" }));
    });
  });
});

function idOf(report: ImportReport, name: string) {
  return incidentId(`${report.importId}.${name}`);
}

/** A target whose store is gone after so many commands. */
function crashing(target: ImportTarget, commands: number): ImportTarget {
  let left = commands;
  return {
    ...target,
    submit: async (submission): Promise<SubmitResult> => {
      left -= 1;
      return left < 0 ? { kind: "refused", refusal: { code: "STORE_UNAVAILABLE", message: "pulled the plug" } } : target.submit(submission);
    },
  };
}
