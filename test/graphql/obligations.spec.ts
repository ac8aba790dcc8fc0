import { expect } from "chai";
import { each, list, openApi, pick, type Api } from "./api.js";
import { send, sendRefused, tellStory } from "./commands.js";
import { regimeSchema } from "../../src/domain/obligation/regime.js";
import { GDPR } from "../support/terms.js";

const of = { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "lecco" };

describe("legal obligations over GraphQL", () => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi();
    await tellStory(api);
  });
  afterEach(() => api.close());
  const board = async (args: string, fields = "bodyId decision stages { id state }") => list(await api.tell(`{ obligations${args} { nodes { ${fields} } totalCount } }`), "obligations", "nodes");

  it("are undecided for every body that an incident hit, until somebody decides: silence is no answer", async () => {
    expect(await board("")).to.deep.equal([{ bodyId: "lecco", decision: "UNDECIDED", stages: [] }, { bodyId: "valmadrera", decision: "UNDECIDED", stages: [] }]);
    await send(api, "decideObligationDoesNotApply", { ...of, reason: "Nessun dato personale", occurredAt: "2019-09-26T09:00:00+02:00" });
    expect(await board("(decisions: [UNDECIDED])")).to.have.length(1);
    expect(await board("(bodyId: \"lecco\")", "decision reason decidedAt regime { id title(language: EN) source }")).to.deep.equal([
      { decision: "DOES_NOT_APPLY", reason: "Nessun dato personale", decidedAt: "2019-09-26T07:00:00Z", regime: { id: "gdpr-33", title: "GDPR, art. 33", source: "Regolamento (UE) 2016/679, art. 33" } },
    ]);
  });

  it("run, are filed, and stay on the board when they are missed", async () => {
    await send(api, "decideObligationApplies", { ...of, reason: "Dati personali", occurredAt: "2019-09-25T10:00:00+02:00" });
    await send(api, "establishAwareness", { ...of, occurredAt: "2019-09-25T09:00:00+02:00" });
    const fields = "stages { id title state dueAt remaining { hours { exact } } filedAt }";
    expect(await board('(bodyId: "lecco", asOf: "2019-09-26T09:00:00+02:00")', fields)).to.deep.equal([
      { stages: [{ id: "notification", title: "Notifica al Garante", state: "RUNNING", dueAt: "2019-09-28T07:00:00Z", remaining: { hours: { exact: "48" } }, filedAt: null }] },
    ]);
    expect(await board('(states: [MISSED])', fields)).to.have.length(1);
    await send(api, "fileNotification", { ...of, entryId: "prot-1", stage: "notification", reference: "prot. 1/2019", occurredAt: "2019-09-28T09:00:00+02:00" });
    expect(await board('(bodyId: "lecco")')).to.deep.equal([{ bodyId: "lecco", decision: "APPLIES", stages: [{ id: "notification", state: "FILED_IN_TIME" }] }]);
    const past = pick(await api.tell(`{ obligations(bodyId: "lecco", knownAt: { position: "23" }, asOf: "2019-09-26T09:00:00+02:00") { nodes { stages { state } } } }`), "obligations", "nodes");
    expect(past, "as it was known before the filing").to.deep.equal([{ stages: [{ state: "RUNNING" }] }]);
  });

  it("once decided stay on the board as they were decided, also when the regime's file says otherwise, or is gone; a correction does not move a deadline", async () => {
    const applies = { ...of, reason: "Dati personali", occurredAt: "2019-09-25T10:00:00+02:00" };
    const decided = await send(api, "decideObligationApplies", applies);
    await send(api, "establishAwareness", { ...of, occurredAt: "2019-09-25T09:00:00+02:00" });
    const stricter = regimeSchema.parse({ ...GDPR, stages: [{ ...GDPR.stages[0], within: "PT1H" }] });
    for (const regimes of [new Map([[stricter.id, stricter]]), new Map()]) {
      Object.assign(api.services, { regimes });
      const eventId = pick(decided, "decideObligationApplies", "events", 0, "id");
      await send(api, "correctRecord", { eventId, reason: "Refuso", fact: { obligationApplies: { ...applies, reason: `Dati personali, ${regimes.size}` } } });
      expect(await board("(states: [MISSED])", "reason regime { document } stages { dueAt }")).to.deep.equal([
        { reason: `Dati personali, ${regimes.size}`, regime: { document: GDPR }, stages: [{ dueAt: "2019-09-28T07:00:00Z" }] },
      ]);
    }
    await send(api, "fileNotification", { ...of, entryId: "prot-1", stage: "notification", occurredAt: "2019-09-29T09:00:00+02:00" });
    expect(await board("(states: [FILED_LATE])")).to.have.length(1);
  });

  it("decided, and sent again under the same command id, answer with the first result, whatever became of the regime's file", async () => {
    const applies = { ...of, reason: "Dati personali", occurredAt: "2019-09-25T10:00:00+02:00" };
    const first = await send(api, "decideObligationApplies", applies, { commandId: "decisione" });
    for (const regimes of [new Map([[GDPR.id, { ...GDPR, source: "Un'altra fonte" }]]), new Map()]) {
      Object.assign(api.services, { regimes });
      const again = await send(api, "decideObligationApplies", applies, { commandId: "decisione" });
      expect(pick(again, "decideObligationApplies", "repeated")).to.equal(true);
      expect(pick(again, "decideObligationApplies", "events")).to.deep.equal(pick(first, "decideObligationApplies", "events"));
    }
    Object.assign(api.services, { regimes: new Map([[GDPR.id, GDPR]]) });
    expect((await sendRefused(api, "decideObligationApplies", { ...applies, reason: "Altro" }, { commandId: "decisione" })).extensions.code).to.equal("COMMAND_ID_REUSED");
  });

  it("as of an earlier time leave out the incidents and disruptions that came later, and hold those that were closed since", async () => {
    await send(api, "closeIncident", { incidentId: "cloud", occurredAt: "2019-10-01T10:00:00+02:00" });
    expect(await board("")).to.deep.equal([]);
    expect(await board('(asOf: "2019-09-25T08:09:59+02:00")')).to.deep.equal([]);
    expect(await board('(incidentId: "cloud", asOf: "2019-09-25T08:09:59+02:00")')).to.deep.equal([]);
    expect(each(await board('(asOf: "2019-10-01T09:59:59+02:00")'), "bodyId")).to.deep.equal(["lecco", "valmadrera"]);
  });

  it("of a closed incident ask about its other bodies while something is recorded under it", async () => {
    await send(api, "decideObligationDoesNotApply", { ...of, reason: "Nessun dato", occurredAt: "2019-09-25T10:00:00+02:00" });
    await send(api, "closeIncident", { incidentId: "cloud", occurredAt: "2019-10-01T10:00:00+02:00" });
    expect(await board("", "bodyId decision")).to.deep.equal([{ bodyId: "lecco", decision: "DOES_NOT_APPLY" }, { bodyId: "valmadrera", decision: "UNDECIDED" }]);
  });

  it("answer a command with what it recorded, also where that lies a little ahead of the ledger's clock", async () => {
    const answer = await api.tell(`mutation { establishAwareness(commandId: "ahead", input: { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "lecco", occurredAt: "2019-10-21T09:00:30Z" }) { obligation { bodies { awareSince } } } }`);
    expect(pick(answer, "establishAwareness", "obligation", "bodies")).to.deep.equal([{ awareSince: "2019-10-21T09:00:30Z" }]);
  });

  it("are paged, and list the regimes that there are", async () => {
    const first = await api.tell("{ obligations(first: 1) { nodes { bodyId } pageInfo { hasNextPage endCursor } totalCount } }");
    expect(pick(first, "obligations")).to.deep.include({ nodes: [{ bodyId: "lecco" }], totalCount: 2 });
    const second = await api.tell(`{ obligations(first: 1, after: "${String(pick(first, "obligations", "pageInfo", "endCursor"))}") { nodes { bodyId } pageInfo { hasNextPage } } }`);
    expect(pick(second, "obligations")).to.deep.equal({ nodes: [{ bodyId: "valmadrera" }], pageInfo: { hasNextPage: false } });
    // What stood at the cursor has gone elsewhere meanwhile: the rest goes on where it was.
    await send(api, "decideObligationApplies", { ...of, reason: "Dati personali", occurredAt: "2019-09-25T10:00:00+02:00" });
    const again = await api.tell(`{ obligations(first: 1, after: "${String(pick(first, "obligations", "pageInfo", "endCursor"))}") { nodes { bodyId } } }`);
    expect(pick(again, "obligations", "nodes")).to.deep.equal([{ bodyId: "valmadrera" }]);
    expect(each(list(await api.tell("{ regimes { id binds awareness } }"), "regimes"), "id")).to.deep.equal(["gdpr-33"]);
  });

  it("say no to what is not known, with the field", async () => {
    const decision = { ...of, reason: "?", occurredAt: "2019-09-26T09:00:00+02:00" };
    const cases = [
      [{ ...decision, regimeId: "altro" }, "regimeId", /no regime "altro" is known; there are gdpr-33/], [{ ...decision, incidentId: "altro" }, "incidentId", /no incident/], [{ ...decision, bodyId: "altro" }, "bodyId", /no body/],
    ] as const;
    for (const [input, field, message] of cases) {
      const refused = await sendRefused(api, "decideObligationApplies", input);
      expect(refused.extensions).to.include({ code: "NOT_FOUND", field });
      expect(refused.message).to.match(message);
    }
    const typo = await sendRefused(api, "decideObligationDoesNotApply", { ...decision, regimeId: "gdpr33" });
    expect(typo.extensions).to.include({ code: "NOT_FOUND", field: "regimeId" });
    expect((await api.refuse('{ obligations(incidentId: "altro") { totalCount } }')).extensions).to.include({ code: "NOT_FOUND", field: "incidentId" });
    expect((await api.refuse('{ obligations(after: "x") { totalCount } }')).extensions).to.include({ code: "INVALID_INPUT", field: "after" });
  });
});
