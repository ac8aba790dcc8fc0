import { expect } from "chai";
import { TERMS } from "../support/terms.js";
import { each, list, openApi, pick, text, type Api, type Variables } from "./api.js";
import { SAID, send, tellStory } from "./commands.js";

const SEPTEMBER = `contractId: "spc-cloud", period: "2019-09"`;
const [AVAILABILITY] = TERMS.indicators;
const AGREED = { contractId: "spc-cloud", terms: { ...TERMS, contractId: "spc-cloud", indicators: [{ ...AVAILABILITY, threshold: "99.9" }] } };

/** `[disruption, event, claimed start, claimed end]` of each claim. */
async function claimed(api: Api, page = "") {
  const answer = await api.tell(`{ claimEffects(${SEPTEMBER}) { each${page} { nodes { disruptionId event { kind entryId } claimedStart { earliest } claimedEnd { earliest } } } } }`);
  return list(answer, "claimEffects", "each", "nodes").map((claim) => [
    text(claim, "disruptionId"), text(claim, "event", "entryId"), pick(claim, "claimedStart", "earliest") ?? "", pick(claim, "claimedEnd", "earliest") ?? "",
  ]);
}

describe("what a supplier claims", () => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi();
    await tellStory(api);
    await send(api, "agreeTerms", AGREED);
    await send(api, "agreeFee", { contractId: "spc-cloud", fee: { amountCents: 12_000_00 }, per: "MONTH", effectiveFrom: "2019-01-01" });
  });
  afterEach(() => api.close());

  const state = (entryId: string, claims: Variables) => send(api, "recordSupplierStatement", { incidentId: "cloud", entryId, text: SAID("Dichiarazione"), occurredAt: "2019-09-26T09:00:00+02:00", ...claims });

  it("of an incident disputes what of each disruption lies outside the times it states, and is worth that", async () => {
    await state("nota", { claimedStart: "2019-09-25T08:30:00+02:00", claimedEnd: "2019-09-25T11:50:00+02:00" });
    expect(await claimed(api)).to.deep.equal([["posta-lenta", "nota", "2019-09-25T06:30:00Z", "2019-09-25T09:50:00Z"], ["protocollo-giu", "nota", "2019-09-25T06:30:00Z", ""]]);
    const worth = await api.tell(`{ claimEffects(${SEPTEMBER}) { together { name downtimeSeconds { max { exact } } } each(first: 1, after: "${await cursorOf(0)}") { totalCount pageInfo { hasPreviousPage hasNextPage } nodes { changes { name downtimeSeconds { max { exact } } } } } } }`);
    const changes = [{ name: "disponibilita/lecco/protocollo", downtimeSeconds: { max: { exact: "-1200" } } }, { name: "disponibilita/valmadrera/protocollo", downtimeSeconds: { max: { exact: "-1200" } } }];
    expect(pick(worth, "claimEffects", "each")).to.deep.equal({ totalCount: 2, pageInfo: { hasPreviousPage: true, hasNextPage: false }, nodes: [{ changes }] });
    expect(list(worth, "claimEffects", "together").map((change) => text(change, "name"))).to.include.members(each(changes, "name"));
  });

  it("that a disruption never was once the stated time was over, takes all of it away", async () => {
    await state("nota", { claimedEnd: "2019-09-25T08:00:00+02:00" });
    const worth = await api.tell(`{ claimEffects(${SEPTEMBER}) { together { name downtimeSeconds { max { exact } } } } }`);
    expect(each(list(worth, "claimEffects", "together"), "downtimeSeconds", "max", "exact")).to.include("-12600");
  });

  it("is nothing where a statement disputes nothing: wider times, or none", async () => {
    await state("nota", { claimedStart: "2019-09-25T08:00:00+02:00", claimedEnd: "2019-09-25T13:00:00+02:00" });
    await state("altra", {});
    const answer = await api.tell(`{ claimEffects(${SEPTEMBER}) { together { name } centsDelta { min max } each { totalCount } } }`);
    expect(pick(answer, "claimEffects")).to.deep.equal({ together: [], centsDelta: { min: 0, max: 0 }, each: { totalCount: 0 } });
  });

  it("is its latest statement that states a time, while that stands", async () => {
    await state("prima", { claimedEnd: "2019-09-25T10:00:00+02:00" });
    const second = await state("seconda", { claimedEnd: "2019-09-25T11:00:00+02:00" });
    await state("senza-orari", {});
    expect(each(await claimed(api), 1)).to.deep.equal(["seconda", "seconda"]);
    await send(api, "withdrawRecord", { category: "INCIDENT", subjectId: "cloud", eventId: text(second, "recordSupplierStatement", "events", 0, "id"), reason: "Non era sua" });
    expect(await claimed(api)).to.deep.equal([["posta-lenta", "prima", "", "2019-09-25T08:00:00Z"], ["protocollo-giu", "prima", "", "2019-09-25T08:00:00Z"]]);
  });

  it("in its counter-arguments goes before what it stated of the incident", async () => {
    await state("nota", { claimedEnd: "2019-09-25T10:00:00+02:00" });
    const assessment = { contractId: "spc-cloud", period: "2019-09" };
    await send(api, "computeAssessment", assessment);
    await send(api, "recordFinding", { ...assessment, findingId: "r1", number: 1, level: "disponibilita/lecco/protocollo", occurredAt: "2019-10-03T09:00:00+02:00" });
    await send(api, "raiseObjection", { ...assessment, objectionId: "c1", findingIds: ["r1"], channel: "CERTIFIED_EMAIL", text: SAID("Si contesta"), occurredAt: "2019-10-04T09:00:00+02:00" });
    await send(api, "recordCounterArguments", { ...assessment, entryId: "risposta", objectionId: "c1", text: SAID("Meno"), claims: [{ incidentId: "cloud", disruptionId: "protocollo-giu", claimedEnd: "2019-09-25T10:40:00+02:00" }], occurredAt: "2019-10-08T09:00:00+02:00" });
    expect(await claimed(api)).to.deep.equal([["posta-lenta", "nota", "", "2019-09-25T08:00:00Z"], ["protocollo-giu", "risposta", "", "2019-09-25T08:40:00Z"]]);
    expect(await claimed(api, "(first: 1)")).to.have.length(1);
  });

  it("is not there for a cursor of another list", async () => {
    const refused = await api.refuse(`{ claimEffects(${SEPTEMBER}) { each(after: "bogus") { totalCount } } }`);
    expect(refused.extensions).to.include({ code: "INVALID_INPUT", field: "after" });
  });

  async function cursorOf(index: number): Promise<string> {
    return text(await api.tell(`{ claimEffects(${SEPTEMBER}) { each { edges { cursor } } } }`), "claimEffects", "each", "edges", index, "cursor");
  }
});
