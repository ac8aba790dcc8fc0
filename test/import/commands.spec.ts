import { expect } from "chai";
import { at } from "../support/given.js";
import { file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

const lines = (...values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join("\n");
const JOIN = { type: "JoinBody", data: { bodyId: "lecco", name: "Comune di Lecco", kind: "municipality", effectiveFrom: "2009-01-01T00:00:00+01:00" } };
const REPORT = { type: "ReportIncident", data: { incidentId: "cloud-2019-09-25", title: "Outage of the rented cloud", occurredAt: at("2019-09-25T06:10:00Z") }, commandId: "from-the-old-register-1", sourceRecordedAt: "2019-09-25T07:00:00Z" };
const OPEN = { type: "OpenDisruption", data: { incidentId: "cloud-2019-09-25", disruptionId: "protocollo-down", serviceId: "protocollo", scope: { kind: "all" }, degree: "outage", occurredAt: { earliest: "2019-09-25T06:00:00Z", latest: "2019-09-25T06:10:00Z" } } };

describe("NDJSON of commands", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());

  it("goes to the ledger as it is, with instants as numbers or as text", async () => {
    const report = await take(into, file("register.ndjson", lines(JOIN, REPORT, OPEN)));
    expect(report).to.include({ format: "commands", importId: "commands.register", items: 3, accepted: 3, problemCount: 0 });
    const [reported, opened] = await into.target.history("incident", "cloud-2019-09-25");
    expect(reported?.meta).to.include({ commandId: "from-the-old-register-1", sourceRecordedAt: at("2019-09-25T07:00:00Z"), importId: "commands.register" });
    expect(opened?.event.data).to.deep.include({ occurredAt: { earliest: at("2019-09-25T06:00:00Z"), latest: at("2019-09-25T06:10:00Z") } });
    expect((await holding(into, "body", "lecco"))[0]?.data).to.include({ effectiveFrom: at("2008-12-31T23:00:00Z") });
  });

  it("is known by a first line that is longer than what is looked at; too long for a text, it is a problem of its own", async () => {
    const long = { ...REPORT, data: { ...REPORT.data, description: { text: "x".repeat(100_000), language: "en", audience: { kind: "everyone" } } } };
    const report = await take(into, file("register.ndjson", lines(long, JOIN)));
    expect(report).to.include({ format: "commands", accepted: 1 });
    expect(report.problems.map(({ place }) => place)).to.deep.equal([{ kind: "line", line: 1 }]);
  });

  it("repeated, changes nothing; grown, adds what is new", async () => {
    await take(into, file("register.ndjson", lines(JOIN, REPORT)));
    const report = await take(into, file("register.ndjson", lines(JOIN, REPORT, OPEN)));
    expect(report).to.include({ items: 3, accepted: 1, repeated: 2, problemCount: 0 });
  });

  it("reads dates as local midnight and local times in the zone named; an end in a fold is the second", async () => {
    const join = { ...JOIN, data: { ...JOIN.data, effectiveFrom: "2019-10-01" } };
    const end = { type: "EndDisruption", data: { incidentId: "cloud-2019-09-25", disruptionId: "protocollo-down", occurredAt: "2019-10-27T02:30:00" } };
    const report = await take(into, file("register.jsonl", lines(join, REPORT, OPEN, end)), { zone: "Europe/Rome" });
    expect(report.problems).to.deep.equal([]);
    expect((await holding(into, "body", "lecco"))[0]?.data).to.include({ effectiveFrom: at("2019-09-30T22:00:00Z") });
    expect((await holding(into, "incident", "cloud-2019-09-25")).at(-1)?.data).to.include({ occurredAt: at("2019-10-27T01:30:00Z") });
  });

  it("reports what is wrong with its line and takes the rest", async () => {
    const other = { type: "ReportIncident", data: { ...REPORT.data, title: "Something else" }, commandId: REPORT.commandId };
    const text = [lines(JOIN), "{not json", lines([1], { type: "JoinBodies", data: {} }, { ...JOIN, data: { ...JOIN.data, bodyId: "no spaces please" } }, { ...JOIN, commandId: "a b" }, OPEN, REPORT, other)].join("\n");
    const report = await take(into, file("register.ndjson", text));
    expect(report.problems.map(({ place, code }) => [place.kind === "line" ? place.line : 0, code])).to.deep.equal([
      [2, "INVALID_INPUT"], [3, "INVALID_INPUT"], [4, "INVALID_INPUT"], [5, "INVALID_INPUT"], [6, "INVALID_ID"], [7, "NOT_FOUND"], [9, "COMMAND_ID_REUSED"],
    ]);
    expect(report.accepted).to.equal(2);
  });
});
