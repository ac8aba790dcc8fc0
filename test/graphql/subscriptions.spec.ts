import { expect } from "chai";
import { each, list, openApi, pick, plain, type Api, type Variables } from "./api.js";
import { send, tellStory } from "./commands.js";

const respond = (n: number, incidentId = "cloud"): Variables => ({ incidentId, entryId: `azione-${n}`, text: { text: `Azione ${n}`, language: "it" }, occurredAt: "2019-09-25T09:30:00Z" });

/** The next `count` messages of a subscription, which then is ended. */
async function next(answers: AsyncGenerator<unknown, void, void>, count: number): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const answer of answers) {
    seen.push(pick(plain(answer), "data"));
    if (seen.length === count) break;
  }
  return seen;
}

describe("subscriptions", () => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi();
    await tellStory(api);
  });
  afterEach(() => api.close());

  it("an incident that changes tells its position, the event and how it stands then", async () => {
    const changes = await api.follow('subscription { incidentChanged(incidentId: "cloud") { position event { type } incident { status responses { id } } } }');
    const first = next(changes, 2);
    await send(api, "recordResponse", respond(1));
    await send(api, "reopenIncident", { incidentId: "cloud", reason: "Ancora fermo", occurredAt: "2019-09-25T13:00:00Z" });
    const told = each(await first, "incidentChanged");
    expect(each(told, "event", "type")).to.deep.equal(["ResponseRecorded", "IncidentReopened"]);
    expect(each(told, "incident", "status")).to.deep.equal(["RESOLVED", "OPEN"]);
    expect(each(told, "incident", "responses").map((responses) => (Array.isArray(responses) ? responses.length : 0))).to.deep.equal([2, 2]);
    expect(each(told, "position")).to.deep.equal(["22", "23"]);
  });

  it("from a position on they miss nothing and tell nothing twice, through catching up into what comes meanwhile", async () => {
    const document = 'subscription ($from: Position) { incidentChanged(incidentId: "cloud", from: $from) { position } }';
    const received = api.follow(document, { from: "10" }).then((changes) => next(changes, 11 + 40));
    await Promise.all(Array.from({ length: 40 }, (_, n) => send(api, "recordResponse", respond(n))));
    const positions = each(await received, "incidentChanged", "position").map(Number);
    expect(positions).to.deep.equal(Array.from({ length: 51 }, (_, n) => n + 11));
    const [last] = each(await next(await api.follow(document, { from: "60" }), 1), "incidentChanged", "position");
    expect(last).to.equal("61");
  });

  it("of an incident, a body or a service, a timeline's entries as they are added, corrected and withdrawn", async () => {
    const told = async (subject: string, count: number): Promise<readonly unknown[]> =>
      each(await next(await api.follow(`subscription { timelineEntryAdded(subject: ${subject}, from: "21") { change position entry { kind headline state } } }`), count), "timelineEntryAdded");
    await send(api, "declareWorkstations", { bodyId: "valmadrera", workstations: 65, effectiveFrom: "2019-01-01" });
    const answer = await send(api, "recordResponse", respond(1));
    const eventId = pick(answer, "recordResponse", "events", 0, "id");
    await send(api, "correctRecord", { eventId, reason: "Il testo", fact: { responseRecorded: { ...respond(1), text: { text: "Azione riuscita", language: "it" } } } });
    await send(api, "withdrawRecord", { category: "INCIDENT", subjectId: "cloud", eventId, reason: "Doppione" });
    const ofIncident = await told('{ incidentId: "cloud" }', 3);
    expect(each(ofIncident, "change")).to.deep.equal(["ADDED", "CORRECTED", "WITHDRAWN"]);
    expect(each(ofIncident, "entry", "headline")[1]).to.include("Azione riuscita");
    expect(each(await told('{ bodyId: "valmadrera" }', 1), "entry", "kind")).to.deep.equal(["WorkstationsDeclared"]);
    expect(each(await told('{ serviceId: "protocollo" }', 3), "change")).to.deep.equal(["ADDED", "CORRECTED", "WITHDRAWN"]);
  });

  it("refuse a position that no store gave, one that lies ahead, and what is no id", async () => {
    const refused = async (document: string): Promise<string> => api.follow(document).then(() => "accepted", (error: unknown) => String(error));
    expect(await refused('subscription { incidentChanged(from: "none") { position } }')).to.include("UNKNOWN_POSITION");
    expect(await refused('subscription { incidentChanged(from: "99999") { position } }')).to.include("UNKNOWN_POSITION");
    expect(await refused('subscription { incidentChanged(incidentId: "non è un id") { position } }')).to.include("INVALID_ID");
  });

  it("that are ended hold nothing: the ledger closes at once", async () => {
    const changes = await api.follow("subscription { incidentChanged { position } }");
    const waiting = changes.next();
    await changes.return();
    expect(await waiting).to.deep.equal({ value: undefined, done: true });
    expect(list(await api.tell("{ incidents { nodes { id } } }"), "incidents", "nodes")).to.have.length(1);
  });
});
