import { expect } from "chai";
import { openApi, type Api } from "./api.js";
import { tellStory } from "./commands.js";

describe("GraphQL: the first look", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    await tellStory(api);
  });
  after(() => api.close());
  it("x", async () => {
    console.log(JSON.stringify(await api.tell(`{ incidents { nodes { id title status severity startedAt endedAt occurredAt { earliest exact } knowledge { position incomplete }
       clocks { supplierNotifiedAt { earliest } acknowledgedAt { earliest } restoredAt { earliest } pauses { clock } } disruptions { id degree service { name } affectedBodies { name workstationsAt } phases { at { earliest latest } scope { kind bodyIds } } }
       affectedBodies { name } responses { text { text audience { kind } } } communications { kind channel } timeline { kind headline state position fact { __typename ... on DisruptionOpened { degree occurredAt { earliest exact } text { text } } } } } pageInfo { hasNextPage endCursor } } }`), null, 1).slice(0, 6000));
    console.log(JSON.stringify(await api.tell(`{ impactReport(bodyId: "lecco", period: {month: "2019-09"}) { knowledge { position recordedAt provisional } period { start end } provisional body { name } services { service { name } agreed { min { hours { decimal } iso8601 } exact } downtime { min { milliseconds { exact } iso8601 } max { iso8601 } exact } availability { assessable percent { min max exact } } explanation { exact favourable { __typename start end sentence ... on CountedPart { weight { exact } } } } } total { downtime { max { iso8601 } } } costs { cost { max { text } } } contractCosts { explanation { favourable { sentence } } } responses { inPeriod entry { headline(language: EN) } } communications { inPeriod } } }`), null, 1));
    console.log(JSON.stringify(await api.tell(`{ serviceAvailability(serviceId: "protocollo", period: {quarter: "2019-Q3"}) { any { availability { percent { min } } } bodies { body { name } agreed { iso8601 } } disruptions { disruptionId bodyIds } } ledger { id position eventCount store { name available position } readModels { name version lagEvents } skippedEvents { type } } events(first: 2, direction: BACKWARDS) { nodes { type data actor { id } } pageInfo { endCursor hasNextPage } } }`), null, 1));
    expect(1).to.equal(1);
  });
});
