import { expect } from "chai";
import fc from "fast-check";
import { entryId, instant, regimeId, type Instant } from "../../../src/kernel/brand.js";
import type { ObligationEvent } from "../../../src/domain/obligation/events.js";
import { regimeSchema, type Regime } from "../../../src/domain/obligation/regime.js";
import type { ObligationRow } from "../../../projections/rows.js";
import { endOfStage } from "../../../src/reports/obligations/deadline.js";
import { obligationsOf, remainingMs } from "../../../src/reports/obligations/board.js";
import { localOf, ROME } from "../../../src/time/zone.js";
import { loadRegimes } from "../../../src/cli/regimes/load.js";
import { at, nthId } from "../../support/given.js";
import { CLOUD_OUTAGE, LECCO } from "../../support/lecco.js";

const iso = (instantMs: Instant | undefined): string | undefined => (instantMs === undefined ? undefined : new Date(instantMs).toISOString());

describe("deadlines of legal regimes", () => {
  it("in hours run on, over a change of the clocks as well", () => {
    expect(iso(endOfStage(at("2026-03-28T12:00:00+01:00"), "PT24H", ROME))).to.equal("2026-03-29T11:00:00.000Z");
    expect(iso(endOfStage(at("2026-10-24T12:00:00+02:00"), "PT72H", ROME))).to.equal("2026-10-27T10:00:00.000Z");
    expect(iso(endOfStage(at("2026-01-01T00:00:00Z"), "PT30M", ROME))).to.equal("2026-01-01T00:30:00.000Z");
  });
  it("in days and months keep the time by the clock, and end on the last day of a month that lacks theirs", () => {
    const table: readonly (readonly [from: string, within: string, end: string])[] = [
      ["2026-03-01T09:00:00+01:00", "P1M", "2026-04-01T09:00:00+02:00"], ["2026-01-31T10:00:00+01:00", "P1M", "2026-02-28T10:00:00+01:00"], ["2028-01-31T10:00:00+01:00", "P1M", "2028-02-29T10:00:00+01:00"],
      ["2026-12-15T10:00:00+01:00", "P1M", "2027-01-15T10:00:00+01:00"], ["2026-03-28T02:30:00+01:00", "P1D", "2026-03-29T03:00:00+02:00"], ["2026-10-24T02:30:00+02:00", "P1D", "2026-10-25T02:30:00+01:00"],
      ["2026-02-27T10:00:00+01:00", "P2D", "2026-03-01T10:00:00+01:00"],
    ];
    for (const [from, within, end] of table) expect(iso(endOfStage(at(from), within, ROME)), `${from} ${within}`).to.equal(iso(at(end)));
  });
  it("in months are the same by a count of days, one by one", () =>
    fc.assert(fc.property(fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2032-01-01T00:00:00Z") }), fc.integer({ min: 1, max: 24 }), (from, months) => {
      const start = localOf(instant(from), ROME);
      // Day by day to the month in question, then to the day, without any arithmetic of months.
      let day = Date.UTC(start.year, start.month - 1, 1);
      for (let passed = 0; passed < months; ) {
        const before = new Date(day).getUTCMonth();
        day += 86_400_000;
        if (new Date(day).getUTCMonth() !== before) passed += 1;
      }
      const month = new Date(day).getUTCMonth();
      while (new Date(day).getUTCDate() < start.day && new Date(day + 86_400_000).getUTCMonth() === month) day += 86_400_000;
      const end = localOf(endOfStage(instant(from), `P${months}M`, ROME), ROME);
      expect([end.year, end.month, end.day]).to.deep.equal([new Date(day).getUTCFullYear(), month + 1, new Date(day).getUTCDate()]);
    }), { numRuns: 300 }));
});

describe("the board of obligations", () => {
  let regimes: ReadonlyMap<Regime["id"], Regime>;
  before(async () => (regimes = await loadRegimes("/nowhere")));
  const AWARE = at("2026-02-10T09:00:00+01:00");
  const of = { incidentId: CLOUD_OUTAGE, bodyId: LECCO };

  function rows(id: string, facts: readonly ((regime: Regime) => ObligationEvent)[]): readonly ObligationRow[] {
    const regime = regimes.get(regimeId(id)) ?? expect.fail(`no ${id}`);
    return facts.map((fact, index) => {
      const event = fact(regime);
      return { eventId: nthId(index), ...of, regimeId: regime.id, occurred: event.data.occurredAt, fact: event, recordedAt: event.data.occurredAt };
    });
  }
  const applies = (regime: Regime): ObligationEvent => ({ type: "ObligationApplies", data: { ...of, regimeId: regime.id, regime, reason: "Vincolato", occurredAt: AWARE } });
  const aware = (regime: Regime): ObligationEvent => ({ type: "AwarenessEstablished", data: { ...of, regimeId: regime.id, occurredAt: AWARE } });
  const filed = (stage: string, when: string) => (regime: Regime): ObligationEvent => ({ type: "NotificationFiled", data: { ...of, regimeId: regime.id, entryId: entryId(stage), stage, occurredAt: at(when) } });
  const stages = (id: string, facts: readonly ((regime: Regime) => ObligationEvent)[], now: string) =>
    (obligationsOf(rows(id, facts), regimes, at(now))[0]?.stages ?? []).map(({ stage, state, dueAt }) => [stage.id, state, iso(dueAt)]);

  it("ships the regimes of the law, with its stages and deadlines", () => {
    const table = [...regimes.values()].map(({ id, stages: all }) => [id, ...all.map(({ id: stage, within, after }) => [stage, within, after ?? "awareness"])]);
    expect(table).to.deep.equal([
      ["gdpr-33", ["notification", "PT72H", "awareness"]],
      ["l90-2024", ["first-report", "PT24H", "awareness"], ["notification", "PT72H", "awareness"]],
      ["nis2-25", ["pre-notification", "PT24H", "awareness"], ["notification", "PT72H", "awareness"], ["final-report", "P1M", "notification"]],
    ]);
  });
  it("runs from awareness, is due soon from three quarters on, and is missed a millisecond after the end, for good", () => {
    const at72 = "2026-02-13T08:00:00.000Z";
    expect(stages("gdpr-33", [applies], "2026-02-20T00:00:00Z")).to.deep.equal([["notification", "not-aware", undefined]]);
    expect(stages("gdpr-33", [applies, aware], "2026-02-12T13:59:59.999Z")).to.deep.equal([["notification", "running", at72]]);
    expect(stages("gdpr-33", [applies, aware], "2026-02-12T14:00:00Z")).to.deep.equal([["notification", "due-soon", at72]]);
    expect(stages("gdpr-33", [applies, aware], at72)).to.deep.equal([["notification", "due-soon", at72]]);
    expect(stages("gdpr-33", [applies, aware], "2026-02-13T08:00:00.001Z")).to.deep.equal([["notification", "missed", at72]]);
    expect(stages("gdpr-33", [applies, aware], "2036-02-13T08:00:00Z")).to.deep.equal([["notification", "missed", at72]]);
  });
  it("is filed in time on the dot, and late after it", () => {
    expect(stages("gdpr-33", [applies, aware, filed("notification", "2026-02-13T08:00:00Z")], "2026-03-01T00:00:00Z")[0]?.[1]).to.equal("filed-in-time");
    expect(stages("gdpr-33", [applies, aware, filed("notification", "2026-02-13T08:00:00.001Z")], "2026-03-01T00:00:00Z")[0]?.[1]).to.equal("filed-late");
  });
  it("is filed, in time or not nobody can say, where awareness is not established", () => {
    expect(stages("gdpr-33", [applies, filed("notification", "2026-02-20T08:00:00Z")], "2026-03-01T00:00:00Z")).to.deep.equal([["notification", "filed", undefined]]);
  });
  it("shows what would be due where a body is aware and nobody has decided, and nothing once it is decided not to apply", () => {
    const not = (regime: Regime): ObligationEvent => ({ type: "ObligationDoesNotApply", data: { ...of, regimeId: regime.id, reason: "Nessun dato", occurredAt: AWARE } });
    expect(stages("gdpr-33", [aware], "2026-02-11T00:00:00Z")).to.deep.equal([["notification", "running", "2026-02-13T08:00:00.000Z"]]);
    expect(obligationsOf(rows("gdpr-33", [aware]), regimes, AWARE)[0]?.decision).to.equal("undecided");
    expect(stages("gdpr-33", [aware, not], "2026-02-11T00:00:00Z")).to.deep.equal([]);
  });
  it("gives the final report a month from the notification as filed, else from the end of the 72 hours", () => {
    expect(stages("nis2-25", [applies, aware, filed("notification", "2026-02-12T10:00:00Z")], "2026-02-13T00:00:00Z")[2]).to.deep.equal(["final-report", "running", "2026-03-12T10:00:00.000Z"]);
    expect(stages("nis2-25", [applies, aware], "2026-02-13T00:00:00Z")[2]).to.deep.equal(["final-report", "not-aware", "2026-03-13T08:00:00.000Z"].map((each, index) => (index === 1 ? "running" : each)));
  });
  it("keeps what was decided: the regime as it was, also when its file says otherwise now", () => {
    const changed = new Map([...regimes].map(([id, regime]) => [id, regimeSchema.parse({ ...regime, stages: [{ ...regime.stages[0], within: "PT1H" }] })] as const));
    const [board] = obligationsOf(rows("gdpr-33", [applies, aware]), changed, at("2026-02-11T09:00:00+01:00"));
    expect(board?.stages.map(({ dueAt }) => iso(dueAt))).to.deep.equal(["2026-02-13T08:00:00.000Z"]);
    expect(board?.stages.map((stage) => remainingMs(stage, at("2026-02-11T09:00:00+01:00")))).to.deep.equal([48 * 3_600_000]);
  });
});
