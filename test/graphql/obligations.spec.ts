import { expect } from "chai";
import { each, list, openApi, pick, type Api } from "./api.js";
import { send, sendRefused, tellStory } from "./commands.js";

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

  it("are paged, and list the regimes that there are", async () => {
    const first = await api.tell("{ obligations(first: 1) { nodes { bodyId } pageInfo { hasNextPage endCursor } totalCount } }");
    expect(pick(first, "obligations")).to.deep.include({ nodes: [{ bodyId: "lecco" }], totalCount: 2 });
    const second = await api.tell(`{ obligations(first: 1, after: "${String(pick(first, "obligations", "pageInfo", "endCursor"))}") { nodes { bodyId } pageInfo { hasNextPage } } }`);
    expect(pick(second, "obligations")).to.deep.equal({ nodes: [{ bodyId: "valmadrera" }], pageInfo: { hasNextPage: false } });
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
    expect((await api.refuse('{ obligations(incidentId: "altro") { totalCount } }')).extensions).to.include({ code: "NOT_FOUND", field: "incidentId" });
    expect((await api.refuse('{ obligations(after: "x") { totalCount } }')).extensions).to.include({ code: "INVALID_INPUT", field: "after" });
  });
});
