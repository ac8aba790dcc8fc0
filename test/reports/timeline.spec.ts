import { expect } from "chai";
import { contractId, disruptionId, entryId, importId, incidentId, type EventId } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { canonicalJson, isJsonObject, parseJson } from "../../src/kernel/json.js";
import type { FactCommand, LedgerCommand } from "../../src/domain/record.js";
import type { Audience } from "../../src/domain/values.js";
import type { TimelineEntry } from "../../src/reports/timeline-entry.js";
import { timeline, type TimelineQuestion } from "../../src/reports/timeline.js";
import { at } from "../support/given.js";
import { COLICO, LECCO, POSTA, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import { adopt, AFTER, announce, cancel, DOWN, end, join, open, OUTAGE, outage, over, report, standing, type Opening } from "./lecco-case.js";
import { decidedCase, type OpenCase, type ReportCase } from "./report-case.js";
import { storedCase } from "./stored-case.js";

const CASES: readonly (readonly [string, OpenCase])[] = [["folded from decided commands", decidedCase], ["stored, and read from the read models", storedCase]];
const EVENING = { at: "2019-09-25T20:00:00Z" };
const clock = (time: string) => at(`2019-09-25T${time}:00Z`);

function respond(entry: string, occurredAt: string, audience: Audience = { kind: "everyone" }, disruptions?: readonly string[]): FactCommand {
  const tied = disruptions === undefined ? {} : { disruptionIds: disruptions.map(disruptionId) };
  return { type: "RecordResponse", data: { incidentId: OUTAGE, entryId: entryId(entry), occurredAt: at(occurredAt), text: { text: entry, language: "en", audience }, ...tied } };
}
function withdraw(subjectId: string, eventId: EventId | undefined, category: "incident" | "contract" | "body" = "incident"): LedgerCommand {
  if (eventId === undefined) throw new Error("nothing was recorded");
  return { type: "WithdrawRecord", data: { category, subjectId, eventId, reason: "Filed by mistake." } };
}
function correct(eventId: EventId | undefined, opening: FactCommand): LedgerCommand {
  if (eventId === undefined || opening.type !== "OpenDisruption") throw new Error("nothing was recorded");
  const data = parseJson(canonicalJson(opening.data));
  if (!isJsonObject(data)) throw new TypeError("a payload is an object");
  return { type: "CorrectRecord", data: { category: "incident", subjectId: opening.data.incidentId, eventId, data, reason: "The log shows it." } };
}

for (const [how, openCase] of CASES) {
  describe(`timelines, ${how}`, () => {
    let ledger: ReportCase;
    beforeEach(async () => {
      ledger = await standing(openCase);
    });
    afterEach(() => ledger.close());

    async function entries(question: TimelineQuestion): Promise<readonly TimelineEntry[]> {
      const page = timeline(await ledger.known(AFTER), question, { first: 200 });
      expect(page.hasNextPage).to.equal(false);
      return page.edges.map(({ row }) => row);
    }
    const said = (rows: readonly TimelineEntry[]) => rows.map(({ type, entryId: entry, disruptionId: disruption, maintenanceId }) => [type, entry ?? disruption ?? maintenanceId].filter((part) => part !== undefined).join(" "));
    const body = async (id = LECCO, span?: TimelineQuestion["span"]) =>
      said(await entries({ subject: { kind: "body", bodyId: id }, ...(span !== undefined && { span }) })).filter((line) => !/Joined|Declared|Adopted/.test(line));

    describe("of an incident", () => {
      const subject = { kind: "incident", incidentId: OUTAGE } as const;

      it("is in the order of occurrence: earliest, then latest, then recording", async () => {
        await ledger.record(EVENING, report(clock("08:00")), respond("late", "2019-09-25T10:00:00Z"), ...outage({ earliest: clock("08:00"), latest: clock("08:30") }, clock("10:00")), respond("early", "2019-09-25T08:00:00Z"));
        expect(said(await entries({ subject }))).to.deep.equal(["IncidentReported", "ResponseRecorded early", `DisruptionOpened ${DOWN}`, "ResponseRecorded late", `DisruptionEnded ${DOWN}`]);
      });
      it("says who recorded an entry, when, from where, and where it stands", async () => {
        const how = { ...EVENING, sourceRecordedAt: "2019-09-25T08:05:00Z", actor: "importer", importId: importId("statuspage-1") };
        const [id] = await ledger.record(how, report(clock("08:00")));
        const [entry] = await entries({ subject });
        expect(entry).to.deep.include({
          eventId: id, occurred: clock("08:00"), recordedAt: at(how.at), sourceRecordedAt: at(how.sourceRecordedAt), actor: { id: "importer", verified: false },
          importId: "statuspage-1", state: "holds", corrections: [], withdrawal: undefined, audience: { kind: "everyone" },
        });
        expect(entry?.position).to.equal((await ledger.known(AFTER)).knowledge.position);
      });
      it("shows what was said before each correction, who corrected it, when and why", async () => {
        const [, opened] = await ledger.record(EVENING, report(clock("08:00")), open(clock("08:00")));
        const [first] = await ledger.record({ at: "2019-09-26T08:00:00Z", actor: "rup" }, correct(opened, open(clock("08:10"))));
        await ledger.record({ at: "2019-09-27T08:00:00Z" }, correct(opened, open(clock("08:20"), { degree: "partial" })));
        const entry = (await entries({ subject })).find(({ type }) => type === "DisruptionOpened");
        expect(entry).to.deep.include({ state: "corrected", occurred: clock("08:20"), recordedAt: at(EVENING.at) });
        expect(entry?.corrections.map(({ changed, before, after }) => [changed, "occurredAt" in before.data && before.data.occurredAt, "occurredAt" in after.data && after.data.occurredAt])).to.deep.equal([
          [["occurredAt"], clock("08:00"), clock("08:10")], [["degree", "occurredAt"], clock("08:10"), clock("08:20")],
        ]);
        expect(entry?.corrections[0]).to.deep.include({ eventId: first, recordedAt: at("2019-09-26T08:00:00Z"), actor: { id: "rup", verified: false }, reason: "The log shows it." });
        expect(entry?.corrections[1]?.position).to.equal((await ledger.known(AFTER)).knowledge.position);
      });
      it("keeps what was withdrawn, marked", async () => {
        const [, opened] = await ledger.record(EVENING, report(clock("08:00")), open(clock("08:00")));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, withdraw(OUTAGE, opened));
        const [, entry] = await entries({ subject });
        expect([entry?.type, entry?.state, entry?.withdrawal?.reason, entry?.withdrawal?.recordedAt]).to.deep.equal(["DisruptionOpened", "withdrawn", "Filed by mistake.", at("2019-09-26T08:00:00Z")]);
      });
      it("is as it was known", async () => {
        const [, opened] = await ledger.record(EVENING, report(clock("08:00")), open(clock("08:00")));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, correct(opened, open(clock("08:10"))));
        await ledger.record({ at: "2019-09-27T08:00:00Z" }, withdraw(OUTAGE, opened));
        const states = async (instant: string) => timeline(await ledger.known(AFTER, { kind: "recordedAt", instant: at(instant) }), { subject }, { first: 10 }).edges.map(({ row }) => [row.state, row.occurred]);
        expect(await states("2019-09-25T21:00:00Z")).to.deep.equal([["holds", clock("08:00")], ["holds", clock("08:00")]]);
        expect(await states("2019-09-26T09:00:00Z")).to.deep.equal([["holds", clock("08:00")], ["corrected", clock("08:10")]]);
        expect(await states("2019-09-27T09:00:00Z")).to.deep.equal([["holds", clock("08:00")], ["withdrawn", clock("08:10")]]);
      });
      it("remains when the incident itself was withdrawn", async () => {
        const [reported] = await ledger.record(EVENING, report(clock("08:00")));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, withdraw(OUTAGE, reported));
        expect((await entries({ subject })).map(({ state }) => state)).to.deep.equal(["withdrawn"]);
      });
      it("is refused where nothing was ever recorded", async () => {
        const known = await ledger.known(AFTER);
        expect(() => timeline(known, { subject: { kind: "incident", incidentId: incidentId("none") } }, { first: 1 })).to.throw(LedgerError).with.property("code", "NOT_FOUND");
        expect(() => timeline(known, { subject: { kind: "contract", contractId: contractId("none") } }, { first: 1 })).to.throw(LedgerError).with.property("code", "NOT_FOUND");
      });
      it("is empty, not refused, over a span in which nothing happened", async () => {
        await ledger.record(EVENING, report(clock("08:00")));
        expect(await entries({ subject, span: over("2019-08").period })).to.deep.equal([]);
      });
    });

    describe("of a body", () => {
      it("holds its own facts", async () => {
        const lines = said(await entries({ subject: { kind: "body", bodyId: VALMADRERA } }));
        expect(lines).to.deep.equal(["BodyJoined", "WorkstationsDeclared", "ServiceAdopted"]);
      });
      it("holds the disruptions that hit it, and what concerns it of their incidents", async () => {
        await ledger.record(EVENING, report(clock("08:00")), open(clock("08:00")), open(clock("08:01"), { id: "posta-valmadrera", service: POSTA, scope: { kind: "bodies", bodyIds: [VALMADRERA] } }),
          respond("whole", "2019-09-25T09:00:00Z"), respond("inside", "2019-09-25T09:00:00Z", { kind: "lead-body" }), respond("valmadrera", "2019-09-25T09:00:00Z", { kind: "bodies", bodyIds: [VALMADRERA] }),
          respond("on-posta", "2019-09-25T09:01:00Z", { kind: "everyone" }, ["posta-valmadrera"]), respond("on-both", "2019-09-25T09:02:00Z", { kind: "everyone" }, ["posta-valmadrera", DOWN]),
          { type: "PauseClock", data: { incidentId: OUTAGE, occurredAt: clock("09:03"), clock: "restore", reason: "Access to the site." } },
          end(clock("10:00")), end(clock("10:00"), "posta-valmadrera"), { type: "ResolveIncident", data: { incidentId: OUTAGE, occurredAt: clock("11:00") } });
        expect(await body(LECCO)).to.deep.equal(["IncidentReported", `DisruptionOpened ${DOWN}`, "ResponseRecorded whole", "ResponseRecorded on-both", `DisruptionEnded ${DOWN}`, "IncidentResolved"]);
        expect(await body(VALMADRERA)).to.deep.equal(["IncidentReported", "DisruptionOpened posta-valmadrera", "ResponseRecorded whole", "ResponseRecorded valmadrera", "ResponseRecorded on-posta",
          "ResponseRecorded on-both", "DisruptionEnded posta-valmadrera", "IncidentResolved"]);
      });
      it("resolves a disruption of all bodies by what it had adopted in the meantime", async () => {
        await ledger.record(EVENING, join(COLICO, "Comune di Colico"), adopt(PROTOCOLLO, COLICO, "2019-09-25T10:00:00Z"), adopt(PROTOCOLLO, VALMADRERA, "2019-09-25T09:59:59.999Z"), report(clock("08:00")), ...outage(clock("08:00"), clock("10:00")));
        expect(await body(COLICO)).to.deep.equal([]);
        expect(await body(VALMADRERA)).to.deep.equal(["IncidentReported", `DisruptionOpened ${DOWN}`, `DisruptionEnded ${DOWN}`]);
      });
      it("keeps a disruption that was said to hit it and then withdrawn, or said not to", async () => {
        const lecco: Opening = { scope: { kind: "bodies", bodyIds: [LECCO] } };
        const [, opened] = await ledger.record(EVENING, report(clock("08:00")), open(clock("08:00"), lecco), open(clock("08:00"), { id: "withdrawn", service: POSTA }));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, correct(opened, open(clock("08:00"), { scope: { kind: "bodies", bodyIds: [VALMADRERA] } })));
        const rows = await entries({ subject: { kind: "incident", incidentId: OUTAGE } });
        await ledger.record({ at: "2019-09-26T09:00:00Z" }, withdraw(OUTAGE, rows.find((row) => row.disruptionId === "withdrawn")?.eventId));
        expect(await body(LECCO)).to.deep.equal(["IncidentReported", `DisruptionOpened ${DOWN}`, "DisruptionOpened withdrawn"]);
        expect(await body(VALMADRERA)).to.deep.equal(["IncidentReported", "DisruptionOpened withdrawn"]);
      });
      it("over a span holds what occurred in it, also about what was over before", async () => {
        await ledger.record(EVENING, report(clock("08:00")), ...outage(clock("08:00"), clock("10:00")));
        await ledger.record({ at: "2019-10-21T12:00:00Z" }, respond("assembly", "2019-10-21T09:00:00Z"), respond("inside", "2019-10-21T09:00:00Z", { kind: "lead-body" }));
        expect(await body(LECCO, over("2019-10").period)).to.deep.equal(["ResponseRecorded assembly"]);
        expect(await body(VALMADRERA, over("2019-10").period)).to.deep.equal([]);
      });
    });

    describe("of a service", () => {
      const service = async (id = PROTOCOLLO) => said(await entries({ subject: { kind: "service", serviceId: id } })).filter((line) => line !== "ServiceAdopted");

      it("holds its catalogue entry, its disruptions, its maintenance, and what was done", async () => {
        await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-24T20:00:00Z", "2019-09-24T22:00:00Z", [PROTOCOLLO, POSTA]));
        await ledger.record(EVENING, cancel(at("2019-09-24T21:00:00Z")), report(clock("08:00")), ...outage(clock("08:00"), clock("10:00")), open(clock("08:00"), { id: "posta-down", service: POSTA }),
          respond("on-posta", "2019-09-25T09:00:00Z", { kind: "everyone" }, ["posta-down"]), respond("whole", "2019-09-25T09:00:00Z", { kind: "lead-body" }));
        expect(await service()).to.deep.equal(["ServiceCatalogued", "MaintenanceAnnounced patching", "MaintenanceCancelled patching", "IncidentReported", `DisruptionOpened ${DOWN}`, "ResponseRecorded whole", `DisruptionEnded ${DOWN}`]);
        expect(await service(POSTA)).to.include.members(["MaintenanceAnnounced patching", "DisruptionOpened posta-down", "ResponseRecorded on-posta"]).and.not.include(`DisruptionOpened ${DOWN}`);
      });
      it("keeps maintenance that was withdrawn", async () => {
        const [announced] = await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-24T20:00:00Z", "2019-09-24T22:00:00Z"));
        await ledger.record({ at: "2019-09-21T08:00:00Z" }, withdraw(SPC_CLOUD, announced, "contract"));
        expect(await service()).to.deep.equal(["ServiceCatalogued", "MaintenanceAnnounced patching"]);
        expect(await service(POSTA)).to.deep.equal(["ServiceCatalogued"]);
      });
    });

    it("of a contract holds what was agreed, its services, and the incidents under it", async () => {
      const other = incidentId("not-named");
      await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-24T20:00:00Z", "2019-09-24T22:00:00Z"));
      await ledger.record(EVENING, report(clock("08:00")), respond("whole", "2019-09-25T09:00:00Z", { kind: "lead-body" }),
        { type: "ReportIncident", data: { incidentId: other, occurredAt: clock("12:00"), title: "Another" } }, ...outage(clock("12:00"), clock("13:00"), { incident: other }));
      expect(said(await entries({ subject: { kind: "contract", contractId: SPC_CLOUD } }))).to.deep.equal(["ContractAwarded", "ServiceCatalogued", "ServiceCatalogued", "MaintenanceAnnounced patching",
        "IncidentReported", "ResponseRecorded whole", "IncidentReported", `DisruptionOpened ${DOWN}`, `DisruptionEnded ${DOWN}`]);
    });

    describe("paged", () => {
      const pageThrough = async (question: TimelineQuestion, first: number): Promise<readonly EventId[]> => {
        const known = await ledger.known(AFTER);
        const ids: EventId[] = [];
        for (let after: string | undefined, more = true; more; ) {
          const page = timeline(known, question, { first, ...(after !== undefined && { after }) });
          expect(page.edges.length).to.be.at.most(first);
          ids.push(...page.edges.map(({ row }) => row.eventId));
          [after, more] = [page.endCursor, page.hasNextPage];
        }
        return ids;
      };
      beforeEach(async () => {
        await ledger.record(EVENING, report(clock("08:00")), ...outage(clock("08:00"), clock("10:00")), ...Array.from({ length: 7 }, (_, index) => respond(`r${index}`, "2019-09-25T08:00:00Z")));
      });

      it("gives each entry once, whatever the size of a page", async () => {
        for (const subject of [{ kind: "incident", incidentId: OUTAGE }, { kind: "body", bodyId: LECCO }, { kind: "service", serviceId: PROTOCOLLO }, { kind: "contract", contractId: SPC_CLOUD }, { kind: "ledger" }] as const) {
          const whole = await pageThrough({ subject }, 200);
          expect(new Set(whole).size).to.equal(whole.length);
          for (const first of [1, 3, 10]) expect(await pageThrough({ subject }, first)).to.deep.equal(whole);
        }
      });
      it("over the whole ledger holds what overlaps the span", async () => {
        const rows = await entries({ subject: { kind: "ledger" }, span: { start: clock("08:00"), end: clock("10:00") } });
        expect(said(rows)).to.deep.equal(["IncidentReported", `DisruptionOpened ${DOWN}`, ...Array.from({ length: 7 }, (_, index) => `ResponseRecorded r${index}`)]);
      });
      it("goes on after an entry that has moved since, from where it stood", async () => {
        const question: TimelineQuestion = { subject: { kind: "incident", incidentId: OUTAGE } };
        const page = timeline(await ledger.known(AFTER), question, { first: 2 });
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, correct(page.edges[1]?.row.eventId, open(clock("09:30"))));
        const next = timeline(await ledger.known(AFTER), question, { first: 10, ...(page.endCursor !== undefined && { after: page.endCursor }) });
        expect(said(next.edges.map(({ row }) => row))).to.deep.equal([...Array.from({ length: 7 }, (_, index) => `ResponseRecorded r${index}`), `DisruptionOpened ${DOWN}`, `DisruptionEnded ${DOWN}`]);
      });
      it("refuses a cursor that is none", async () => {
        const known = await ledger.known(AFTER);
        expect(() => timeline(known, { subject: { kind: "body", bodyId: LECCO } }, { first: 1, after: "x" })).to.throw(LedgerError).with.property("code", "INVALID_INPUT");
      });
      it("asks the same number of questions however long it is", async () => {
        const known = await ledger.known(AFTER);
        const asked = (first: number): number => {
          const before = ledger.questions();
          timeline(known, { subject: { kind: "body", bodyId: LECCO } }, { first });
          return ledger.questions() - before;
        };
        expect(asked(200)).to.equal(asked(1));
        expect(asked(200)).to.be.at.most(8);
      });
    });
  });
}
