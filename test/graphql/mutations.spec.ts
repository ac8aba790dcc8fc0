import { expect } from "chai";
import { MUTATIONS } from "../../src/graphql/commands/mutations.js";
import { each, EVIDENCE, list, openApi, pick, text, type Api, type Variables } from "./api.js";
import { mutationOf, SAID, send, sendRefused } from "./commands.js";
import { EVERY_COMMAND } from "./every-command.js";

describe("mutations", () => {
  let api: Api;
  beforeEach(async () => (api = await openApi()));
  afterEach(() => api.close());

  it("there is one for every command, and each answers with its event and the object as it stands after it", async () => {
    const answers = new Map<string, unknown>();
    for (const [index, [field, input]] of EVERY_COMMAND.entries()) {
      const answer = pick(await send(api, field, input), field);
      answers.set(field, answer);
      expect(answer, field).to.include({ position: String(index + 1), repeated: false, behind: false });
      const events = list(answer, "events");
      expect(events, field).to.have.length(1);
      expect(pick(events[0], "revision"), field).to.equal(pick(answer, "revision"));
    }
    const amendments = ["correctRecord", "withdrawRecord"];
    // A dispute needs a computed assessment: its commands are told in `dispute.spec.ts`.
    const dispute = ["computeAssessment", "determinePenalty", "apportionPenalty", "recordFinding", "raiseObjection", "recordCounterArguments", "grantExclusion", "refuseExclusion", "adjustPenalty", "collectPenalty"];
    expect([...answers.keys(), ...amendments, ...dispute].sort()).to.deep.equal([...MUTATIONS.keys()].sort());
    expect(answers.get("renameBody")).to.have.deep.property("body", { id: "valmadrera", name: "Città di Valmadrera" });
    expect(answers.get("closeIncident")).to.have.nested.property("incident.status", "CLOSED");
    expect(answers.get("cancelMaintenance")).to.have.nested.property("contract.title", "SPC Cloud lotto 1");
    expect(answers.get("dropService")).to.have.nested.property("service.name", "Posta elettronica");
  });

  it("repeated under the same command id they answer with their first result, and nothing is stored twice", async () => {
    const [field, input] = JOIN;
    const first = await send(api, field, input, { commandId: "once" });
    await send(api, "renameBody", { bodyId: "lecco", name: "Città di Lecco", effectiveFrom: "2019-01-01" });
    const again = await send(api, field, input, { commandId: "once" });
    expect(pick(again, "joinBody")).to.deep.include({ repeated: true, revision: 0, position: "1", body: { id: "lecco", name: "Città di Lecco" } });
    expect(pick(again, "joinBody", "events")).to.deep.equal(pick(first, "joinBody", "events"));
    expect(await api.tell("{ ledger { eventCount } }")).to.have.nested.property("ledger.eventCount", 2);
    const other = await sendRefused(api, field, { ...input, name: "Lecco" }, { commandId: "once" });
    expect(other.extensions).to.include({ code: "COMMAND_ID_REUSED", retryable: false });
  });

  it("take an expected revision, and say which one the thing has where it is another", async () => {
    await send(api, ...JOIN);
    await send(api, "declareWorkstations", { bodyId: "lecco", workstations: 250, effectiveFrom: "2019-01-01" }, { expectedRevision: 0 });
    const refused = await sendRefused(api, "declareWorkstations", { bodyId: "lecco", workstations: 251, effectiveFrom: "2019-02-01" }, { expectedRevision: 0 });
    expect(refused.extensions).to.deep.include({ code: "REVISION_CONFLICT" });
    expect(refused.extensions.params).to.deep.equal({ stream: "il.lecco.body-lecco", expectedRevision: 0, actualRevision: 1 });
    expect(refused.path).to.deep.equal(["declareWorkstations"]);
  });

  it("of one document run one after another, each on what the one before left", async () => {
    const answer = await api.tell(`mutation {
      first: joinBody(commandId: "a", input: { bodyId: "lecco", name: "Comune di Lecco", kind: MUNICIPALITY, effectiveFrom: "2009-01-01" }) { revision }
      second: declareWorkstations(commandId: "b", input: { bodyId: "lecco", workstations: 250, effectiveFrom: "2019-01-01" }) { revision body { workstationsAt(at: "2019-06-01T00:00:00Z") } }
    }`);
    expect(answer).to.deep.equal({ first: { revision: 0 }, second: { revision: 1, body: { workstationsAt: 250 } } });
  });

  it("store what people write as they wrote it: emoji, right to left, quotes, new lines", async () => {
    for (const [field, input] of EVERY_COMMAND.slice(0, 11)) await send(api, field, input);
    const words = "Riavvio 🏛️👩‍💻 — «tutto» ok\nמערכת חזרה لكن ببطء \\ \" ' \t fine";
    const answer = await send(api, "recordResponse", { incidentId: "cloud", entryId: "parole", text: { text: words, language: "mul" }, occurredAt: "2019-09-25T10:00:00Z" });
    expect(pick(answer, "recordResponse", "events", 0, "data", "text", "text")).to.equal(words);
    expect(await api.tell('{ incident(id: "cloud") { responses { text { text language } } } }')).to.deep.equal({ incident: { responses: [{ text: { text: words, language: "mul" } }] } });
  });
});

describe("corrections and withdrawals", () => {
  let api: Api;
  let joined: string;
  beforeEach(async () => {
    api = await openApi();
    joined = text(await send(api, ...JOIN), "joinBody", "events", 0, "id");
  });
  afterEach(() => api.close());
  const corrected = (name: string, more: Variables = {}): Variables => ({ eventId: joined, reason: "Il nome", fact: { bodyJoined: { ...JOIN[1], name, ...more } } });

  it("change what holds, keep what was said, and say why", async () => {
    const answer = await send(api, "correctRecord", corrected("Città di Lecco"));
    expect(pick(answer, "correctRecord")).to.deep.include({ revision: 1, subject: { __typename: "Body", id: "lecco", name: "Città di Lecco" } });
    await send(api, "withdrawRecord", { category: "BODY", subjectId: "lecco", eventId: joined, reason: "Doppione" });
    const entries = list(await api.tell('{ timeline(subject: { bodyId: "lecco" }) { nodes { state headline corrections { reason recordedAt } withdrawal { reason } } } }'), "timeline", "nodes");
    expect(entries).to.have.length(1);
    expect(entries[0]).to.include({ state: "WITHDRAWN" }).and.to.have.nested.property("withdrawal.reason", "Doppione");
    expect(each(list(entries[0], "corrections"), "reason")).to.deep.equal(["Il nome"]);
    expect(await api.tell('{ body(id: "lecco") { name } }')).to.deep.equal({ body: null });
  });

  it("are refused where there is nothing to do, nothing to do it to, or the fact is another's", async () => {
    const codes = async (field: string, input: Variables): Promise<string> => (await sendRefused(api, field, input)).extensions.code;
    expect(await codes("correctRecord", corrected("Comune di Lecco"))).to.equal("NOTHING_TO_CHANGE");
    expect(await codes("correctRecord", { ...corrected("Lecco"), eventId: "00000000-0000-7000-8000-000000000000" })).to.equal("NOT_FOUND");
    expect(await codes("correctRecord", { ...corrected("Lecco"), fact: { bodyLeft: { bodyId: "lecco", effectiveFrom: "2020-01-01" } } })).to.equal("INVALID_INPUT");
    expect(await codes("correctRecord", corrected("Lecco", { bodyId: "valmadrera" }))).to.equal("NOT_FOUND");
    expect(await codes("withdrawRecord", { category: "BODY", subjectId: "valmadrera", eventId: joined, reason: "Doppione" })).to.equal("NOT_FOUND");
    await send(api, "withdrawRecord", { category: "BODY", subjectId: "lecco", eventId: joined, reason: "Doppione" });
    expect(await codes("withdrawRecord", { category: "BODY", subjectId: "lecco", eventId: joined, reason: "Doppione" })).to.equal("ALREADY_WITHDRAWN");
    expect(await codes("correctRecord", corrected("Lecco"))).to.equal("ALREADY_WITHDRAWN");
  });

  it("leave what was known before as it was", async () => {
    await send(api, "correctRecord", corrected("Città di Lecco"));
    expect(await api.tell('{ body(id: "lecco", knownAt: { position: "1" }) { name } }')).to.deep.equal({ body: { name: "Comune di Lecco" } });
  });
});

describe("what a mutation refuses", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    for (const [field, input] of EVERY_COMMAND.slice(0, 13)) await send(api, field, input);
  });
  after(() => api.close());
  const report = (more: Variables): Variables => ({ incidentId: "nuovo", occurredAt: "2019-09-25T08:10:00+02:00", title: "Fermo", ...more });

  const WRONG: readonly (readonly [what: string, field: string, input: Variables, code: string, at?: string])[] = [
    ["a negative count", "declareWorkstations", { bodyId: "lecco", workstations: -1, effectiveFrom: "2019-01-01" }, "INVALID_INPUT", "workstations"],
    ["a count beyond reason", "declareWorkstations", { bodyId: "lecco", workstations: 2_000_000_000, effectiveFrom: "2019-01-01" }, "INVALID_INPUT", "workstations"],
    ["29 February of a common year", "declareWorkstations", { bodyId: "lecco", workstations: 1, effectiveFrom: "2019-02-29" }, "INVALID_TIME"],
    ["a time without a zone", "reportIncident", report({ occurredAt: "2019-09-25T08:10:00" }), "TIME_WITHOUT_ZONE"],
    ["an hour that does not exist", "reportIncident", report({ occurredAt: "2019-09-25T25:10:00+02:00" }), "INVALID_TIME"],
    ["a band that ends before it begins", "reportIncident", report({ occurredAt: { earliest: "2019-09-25T09:00:00Z", latest: "2019-09-25T08:00:00Z" } }), "INVALID_TIME"],
    ["a zone that does not exist", "joinBody", { bodyId: "colico", name: "Comune di Colico", kind: "MUNICIPALITY", effectiveFrom: "2019-01-01", zone: "Europe/Lecco" }, "UNKNOWN_ZONE"],
    ["the future", "reportIncident", report({ occurredAt: "2019-12-25T08:10:00+02:00" }), "TIME_IN_FUTURE", "occurredAt"],
    ["an id with a space", "joinBody", { bodyId: "comune di colico", name: "Comune di Colico", kind: "MUNICIPALITY", effectiveFrom: "2019-01-01" }, "INVALID_ID", "bodyId"],
    ["an id that is taken", "reportIncident", report({ incidentId: "cloud", title: "Un altro" }), "ID_ALREADY_USED", "incidentId"],
    ["a title of two lines", "reportIncident", report({ title: "Fermo\nancora" }), "INVALID_INPUT", "title"],
    ["an empty title", "reportIncident", report({ title: "  " }), "INVALID_INPUT", "title"],
    ["a text beyond the bound", "reportIncident", report({ description: SAID("a".repeat(1024 * 1024)) }), "INVALID_INPUT", "description.text"],
    ["an incident that is not there", "endDisruption", { incidentId: "nessuno", disruptionId: "protocollo-giu", occurredAt: "2019-09-25T09:00:00Z" }, "NOT_FOUND", "incidentId"],
    ["an end before its start", "endDisruption", { incidentId: "cloud", disruptionId: "protocollo-giu", occurredAt: "2019-09-25T05:00:00Z" }, "END_BEFORE_START"],
    ["resolving while something is down", "resolveIncident", { incidentId: "cloud", occurredAt: "2019-09-25T12:00:00Z" }, "DISRUPTIONS_OPEN"],
    ["evidence that is not there", "attachEvidence", { incidentId: "cloud", entryId: "registro", sha256: "b".repeat(64), sizeBytes: 1, fileName: "registro.txt", mediaType: "text/plain", occurredAt: "2019-09-25T12:00:00Z" }, "NOT_FOUND", "sha256"],
    ["evidence of another size", "attachEvidence", { incidentId: "cloud", entryId: "registro", sha256: EVIDENCE.sha256, sizeBytes: 1, fileName: "registro.txt", mediaType: "text/plain", occurredAt: "2019-09-25T12:00:00Z" }, "EVIDENCE_MISMATCH"],
    ["scope of bodies without any", "openDisruption", { incidentId: "cloud", disruptionId: "posta-giu", serviceId: "posta", degree: "OUTAGE", scope: { kind: "BODIES", bodyIds: [] }, occurredAt: "2019-09-25T08:10:00Z" }, "INVALID_INPUT", "scope.bodyIds"],
  ];
  for (const [what, field, input, code, at] of WRONG) {
    it(`${what}: ${code}`, async () => {
      const { extensions, message } = await sendRefused(api, field, input);
      expect(extensions, message).to.include({ code, retryable: false });
      if (at !== undefined) expect(extensions.field, message).to.equal(at);
      expect(message.length, "a sentence").to.be.within(20, 500);
    });
  }

  it("a command without an id, or with one that is none", async () => {
    const document = mutationOf("reportIncident");
    expect((await api.refuse(document, { input: report({}) })).extensions.code).to.equal("INVALID_INPUT");
    expect((await api.refuse(document, { input: report({}), commandId: "due parole" })).extensions).to.include({ code: "INVALID_ID", field: "commandId" });
  });

  it("and stores nothing of any of them", async () => {
    expect(await api.tell("{ ledger { eventCount } }")).to.have.nested.property("ledger.eventCount", 13);
  });
});

const JOIN: readonly [string, Variables] = ["joinBody", { bodyId: "lecco", name: "Comune di Lecco", kind: "MUNICIPALITY", effectiveFrom: "2009-01-01" }];
