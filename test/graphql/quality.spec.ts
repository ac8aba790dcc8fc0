import { expect } from "chai";
import { at } from "../support/given.js";
import { each, list, openApi, pick, type Api } from "./api.js";
import { send, tellStory } from "./commands.js";

const COUNT = "{ value before change }";
const BAND = "{ value { min max exact } before { min max } change { min max } }";
const DURATION = "{ value { exact min { iso8601 } max { milliseconds { exact } } } before { min { hours { exact } } } change { min { iso8601 } max { iso8601 } } }";
const TIMES = `{ counted ${COUNT} open ${COUNT} missing ${COUNT} mean ${DURATION} percentile90 ${DURATION} cases { incident { id } state startedBy from { earliest } to { earliest } elapsed { min { iso8601 } } } }`;
const IMPROVEMENT = "{ incidentId improvement { id text { text } promisedAt { earliest } dueAt completedAt { earliest } } completedAt { earliest } state }";
const PUNCTUAL = `inTime ${BAND} late ${BAND} notDone ${COUNT} notDue ${COUNT} share { value { min { exact } max { decimal(places: 2) } } before { min { exact } } change { min { exact } } }`;

describe("quality indicators over GraphQL", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    await tellStory(api);
    const AUGUST = { incidentId: "rete", occurredAt: "2019-08-20T09:00:00+02:00" };
    await send(api, "reportIncident", { ...AUGUST, title: "Rete ferma" });
    await send(api, "attributeCause", { ...AUGUST, category: "NETWORK", party: "SUPPLIER" });
    await send(api, "promiseImprovement", { ...AUGUST, entryId: "linea", text: { text: "Seconda linea", language: "it" }, dueAt: "2019-09-15T23:59:00+02:00" });
    await send(api, "informMembers", { ...AUGUST, entryId: "avviso", channel: "EMAIL", text: { text: "Rete ferma", language: "it" }, occurredAt: "2019-08-20T11:30:00+02:00" });
    await send(api, "resolveIncident", { ...AUGUST, occurredAt: "2019-08-20T12:00:00+02:00" });
    await send(api, "attributeCause", { incidentId: "cloud", occurredAt: "2019-10-01T09:00:00+02:00", category: "NETWORK", party: "SUPPLIER" });
    await send(api, "fileReport", { incidentId: "cloud", entryId: "relazione", title: "Relazione", occurredAt: "2019-10-21T10:00:00+02:00" });
  });
  after(() => api.close());
  const ask = async (fields: string, period = '{ month: "2019-09" }', more = ""): Promise<unknown> => pick(await api.tell(`{ qualityIndicators(period: ${period}${more}) { ${fields} } }`), "qualityIndicators");

  it("count by severity and month, with the incidents that are counted", async () => {
    const said = await ask(`occurrences { incidents ${COUNT} disruptions ${COUNT} bySeverity { severity incidents ${COUNT} } incidentCases { incident { id title } severity } disruptionCases { incidentId disruptionId serviceId start { earliest } severity } } months { month incidents disruptions bySeverity { severity incidents } span { start end } } periodBefore { start end }`);
    expect(pick(said, "occurrences", "incidents")).to.deep.equal({ value: 1, before: 1, change: 0 });
    expect(pick(said, "occurrences", "disruptions")).to.deep.equal({ value: 2, before: 0, change: 2 });
    expect(pick(said, "occurrences", "incidentCases")).to.deep.equal([{ incident: { id: "cloud", title: "Il cloud non risponde" }, severity: "CRITICAL" }]);
    expect(list(said, "occurrences", "bySeverity").map((row) => [pick(row, "severity"), pick(row, "incidents", "value"), pick(row, "incidents", "change")])).to.deep.equal([
      ["CRITICAL", 1, 1], ["HIGH", 0, 0], ["MEDIUM", 0, 0], ["LOW", 0, 0], [null, 0, -1],
    ]);
    expect(each(list(said, "occurrences", "disruptionCases"), "disruptionId")).to.have.members(["protocollo-giu", "posta-lenta"]);
    expect(each(list(said, "months"), "month")).to.deep.equal(["2019-09"]);
    expect(pick(said, "periodBefore")).to.deep.equal({ start: "2019-07-31T22:00:00Z", end: "2019-08-31T22:00:00Z" });
  });

  it("measure times, with the difference from the period before, negative too", async () => {
    const said = await ask(`timeToInform ${TIMES} timeToRestore ${TIMES}`);
    // 08:10 to 09:10; in August 09:00 to 11:30. Nobody recorded when they were detected, or reported.
    expect(pick(said, "timeToInform", "mean")).to.deep.equal({
      value: { exact: true, min: { iso8601: "PT1H" }, max: { milliseconds: { exact: "3600000" } } }, before: { min: { hours: { exact: "5/2" } } }, change: { min: { iso8601: "-PT1H30M" }, max: { iso8601: "-PT1H30M" } },
    });
    expect(pick(said, "timeToInform", "cases")).to.deep.equal([{
      incident: { id: "cloud" }, state: "COUNTED", startedBy: "OCCURRED", from: { earliest: "2019-09-25T06:10:00Z" }, to: { earliest: "2019-09-25T07:10:00Z" }, elapsed: { min: { iso8601: "PT1H" } },
    }]);
    expect(pick(said, "timeToRestore", "missing")).to.deep.equal({ value: 0, before: 1, change: -1 });
    expect([pick(said, "timeToRestore", "mean", "before"), pick(said, "timeToRestore", "mean", "change")]).to.deep.equal([null, null]);
    expect(pick(said, "timeToRestore", "cases", 0)).to.deep.include({ incident: { id: "cloud" }, state: "COUNTED", to: { earliest: "2019-09-25T10:10:00Z" } });
  });

  it("find the recurrence with what had been promised, and what was due and was not done", async () => {
    const said = await ask(`recurrences { count ${COUNT} causeUnknown ${COUNT} cases { incident { id } category party earlier { incident { id } improvements ${IMPROVEMENT} } } } improvements { ${PUNCTUAL} cases ${IMPROVEMENT} undated ${COUNT} undatedCases ${IMPROVEMENT} }`);
    expect(pick(said, "recurrences", "count")).to.deep.equal({ value: 1, before: 0, change: 1 });
    const improvement = {
      incidentId: "rete", state: "NOT_DONE", completedAt: null,
      improvement: { id: "linea", text: { text: "Seconda linea" }, promisedAt: { earliest: "2019-08-20T07:00:00Z" }, dueAt: "2019-09-15T21:59:00Z", completedAt: null },
    };
    expect(pick(said, "recurrences", "cases")).to.deep.equal([{ incident: { id: "cloud" }, category: "NETWORK", party: "SUPPLIER", earlier: [{ incident: { id: "rete" }, improvements: [improvement] }] }]);
    expect(pick(said, "improvements", "cases")).to.deep.equal([improvement]);
    expect(pick(said, "improvements", "share")).to.deep.equal({ value: { min: { exact: "0" }, max: { decimal: "0.00" } }, before: null, change: null });
  });

  it("say which reports were filed in time", async () => {
    const said = await ask(`reports { ${PUNCTUAL} cases { incident { id } resolvedAt { earliest } filedAt { earliest } dueBefore { earliest exact } state } } provisional`);
    expect(pick(said, "reports", "cases")).to.deep.equal([{
      incident: { id: "cloud" }, state: "IN_TIME", resolvedAt: { earliest: "2019-09-25T10:30:00Z" }, filedAt: { earliest: "2019-10-21T08:00:00Z" }, dueBefore: { earliest: "2019-10-25T22:00:00Z", exact: true },
    }]);
    expect(pick(said, "reports", "inTime")).to.deep.equal({ value: { min: 1, max: 1, exact: true }, before: { min: 0, max: 0 }, change: { min: 1, max: 1 } });
    expect(pick(said, "reports", "share", "change")).to.deep.equal({ min: { exact: "1" } });
    expect(pick(said, "provisional")).to.deep.equal([]);
  });

  it("leave out what happened after asOf, and know no more than was known", async () => {
    const early = await ask(`timeToRestore { open ${COUNT} cases { state to { earliest } elapsed { max { iso8601 } } } } recurrences { count ${COUNT} } provisional asOf`, '{ month: "2019-09" }', ', asOf: "2019-09-25T09:00:00+02:00"');
    expect(pick(early, "timeToRestore", "cases", 0)).to.deep.include({ state: "OPEN", to: null });
    expect([pick(early, "recurrences", "count", "value"), pick(early, "provisional"), pick(early, "asOf")]).to.deep.equal([0, ["PERIOD_NOT_OVER", "INCIDENT_OPEN"], "2019-09-25T07:00:00Z"]);
    const [position] = each(list(await api.tell("{ events(first: 3) { nodes { position } } }"), "events", "nodes"), "position");
    const unknown = await ask(`occurrences { incidents ${COUNT} }`, '{ month: "2019-09" }', `, knownAt: { position: "${String(position)}" }, asOf: "2019-12-01T00:00:00Z"`);
    expect(pick(unknown, "occurrences", "incidents", "value")).to.equal(0);
  });

  it("load as much for a year as for a day, and the improvements of recurrences only when they are asked for", async () => {
    const statements = async (fields: string, period: string): Promise<number> => {
      api.statements.length = 0;
      await ask(fields, period);
      return api.statements.length;
    };
    const figures = `occurrences { incidents ${COUNT} } timeToRestore { cases { state } } recurrences { count ${COUNT} }`;
    const [year, day] = [await statements(figures, "{ year: 2019 }"), await statements(figures, '{ day: "2019-09-25" }')];
    expect([year, await statements(`${figures} reports { cases { state } }`, "{ year: 2019 }")]).to.deep.equal([day, day]);
    expect(await statements("recurrences { cases { earlier { improvements { state } } } }", '{ month: "2019-09" }')).to.equal(day + 1);
  });

  it("refuse what is no period, and one that had not begun", async () => {
    const fields = "{ period { start } }";
    for (const [period, more, field, says] of [
      ['{ month: "2019-13" }', "", "period.month", /"2019-13" is not a period; write a month \(2019-09\)/],
      ["{}", "", "period", /say one period/],
      ['{ from: "2019-09-02T00:00:00Z", to: "2019-09-01T00:00:00Z" }', "", "period", /a period ends after it begins/],
      ['{ month: "2019-09" }', ', asOf: "2019-08-01T00:00:00Z"', "asOf", /the period 2019-09 begins at 2019-08-31T22:00:00.000Z, after 2019-08-01T00:00:00.000Z, as of which it is asked/],
      ["{ year: 2031 }", "", "period", /begins at 2030-12-31T23:00:00.000Z, after 2019-10-21T09:00:00.000Z, up to which the ledger is known/],
    ] as const) {
      const { extensions, message } = await api.refuse(`{ qualityIndicators(period: ${period}${more}) ${fields} }`);
      expect(extensions, message).to.include({ code: "INVALID_PERIOD", field });
      expect(message).to.match(says);
    }
    expect(api.now).to.equal(at("2019-10-21T09:00:00Z"));
  });
});
