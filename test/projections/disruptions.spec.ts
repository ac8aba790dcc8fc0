import { expect } from "chai";
import { disruptions } from "../../projections/disruptions.js";
import type { DisruptionPhase } from "../../projections/rows.js";
import { OPEN_ENDED } from "../../src/kernel/projection.js";
import type { Fact } from "../../src/domain/record.js";
import type { Degree, Scope } from "../../src/domain/values.js";
import type { When } from "../../src/time/when.js";
import { at } from "../support/given.js";
import { CLOUD_OUTAGE, ENDED, everyone, LECCO, OPENED, POSTA, PROTOCOLLO, PROTOCOLLO_DOWN, REPORTED, VALMADRERA } from "../support/lecco.js";
import { nthEventId } from "../readmodel/histories.js";
import { rowsOf } from "./folding.js";
import { disruptionId } from "../../src/kernel/brand.js";

const [SEVEN, EIGHT, NINE] = [at("2019-09-25T07:00:00Z"), at("2019-09-25T08:00:00Z"), at("2019-09-25T09:00:00Z")];
const START = OPENED.data.occurredAt;
const ALL: Scope = { kind: "all" };
const LECCO_ONLY: Scope = { kind: "bodies", bodyIds: [LECCO] };
const base = { incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN };
const rescoped = (occurredAt: When, scope: Scope): Fact => ({ type: "DisruptionRescoped", data: { ...base, occurredAt, scope } });
const changed = (occurredAt: When, degree: Degree): Fact => ({ type: "DisruptionDegreeChanged", data: { ...base, occurredAt, degree } });
const phase = (n: number, atTime: When, scope: Scope, degree: Degree): DisruptionPhase => ({ at: atTime, scope, degree, eventId: nthEventId(n) });

const ROW = {
  ...base, serviceId: PROTOCOLLO, phases: [phase(1, START, ALL, "outage")], start: START, end: undefined, detectedAt: undefined, reportedAt: undefined, text: undefined,
  started: START, ended: OPEN_ENDED, facts: undefined,
};

describe("disruptions", () => {
  it("begin with their opening, and all that it says", () => {
    expect(rowsOf(disruptions, OPENED)).to.deep.equal([ROW]);
    const band = { earliest: SEVEN, latest: EIGHT };
    const full: Fact = { type: "DisruptionOpened", data: { ...OPENED.data, occurredAt: band, scope: LECCO_ONLY, degree: "partial", detectedAt: EIGHT, reportedAt: NINE, text: everyone("Posta lenta") } };
    expect(rowsOf(disruptions, full)).to.deep.equal([
      { ...ROW, phases: [phase(1, band, LECCO_ONLY, "partial")], start: band, started: SEVEN, detectedAt: EIGHT, reportedAt: NINE, text: everyone("Posta lenta") },
    ]);
  });
  it("end; within a band, at its latest", () => {
    expect(rowsOf(disruptions, OPENED, ENDED)).to.deep.equal([{ ...ROW, end: ENDED.data.occurredAt, ended: ENDED.data.occurredAt }]);
    const within: Fact = { type: "DisruptionEnded", data: { ...base, occurredAt: { earliest: EIGHT, latest: NINE } } };
    expect(rowsOf(disruptions, OPENED, within)[0]).to.deep.include({ end: { earliest: EIGHT, latest: NINE }, ended: NINE });
  });
  it("have a phase from each change on, which keeps what it does not change", () => {
    expect(rowsOf(disruptions, OPENED, changed(SEVEN, "partial"), rescoped(EIGHT, LECCO_ONLY), changed(NINE, "degraded"))[0]?.phases).to.deep.equal([
      phase(1, START, ALL, "outage"), phase(2, SEVEN, ALL, "partial"), phase(3, EIGHT, LECCO_ONLY, "partial"), phase(4, NINE, LECCO_ONLY, "degraded"),
    ]);
  });
  it("take changes recorded late, also after the end, at their time; those at one time in the order of recording", () => {
    expect(rowsOf(disruptions, OPENED, rescoped(EIGHT, LECCO_ONLY), ENDED, changed(SEVEN, "partial"), changed(EIGHT, "degraded"))[0]).to.deep.include({
      phases: [phase(1, START, ALL, "outage"), phase(4, SEVEN, ALL, "partial"), phase(2, EIGHT, LECCO_ONLY, "partial"), phase(5, EIGHT, LECCO_ONLY, "degraded")],
      ended: ENDED.data.occurredAt,
    });
  });
  it("order bands by their earliest, then their latest time", () => {
    const [wide, narrow] = [{ earliest: SEVEN, latest: NINE }, { earliest: SEVEN, latest: EIGHT }];
    expect(rowsOf(disruptions, OPENED, changed(wide, "partial"), changed(narrow, "degraded"))[0]?.phases.slice(1)).to.deep.equal([phase(3, narrow, ALL, "degraded"), phase(2, wide, ALL, "partial")]);
  });
  it("follow corrections of their opening: time, service, scope and degree", () => {
    const corrected: Fact = { type: "DisruptionOpened", data: { ...OPENED.data, serviceId: POSTA, occurredAt: at("2019-09-25T05:00:00Z"), scope: LECCO_ONLY, degree: "degraded" } };
    expect(rowsOf(disruptions, OPENED, changed(SEVEN, "partial"), { correct: 1, as: corrected })).to.deep.equal([
      { ...ROW, serviceId: POSTA, start: corrected.data.occurredAt, started: corrected.data.occurredAt, phases: [phase(1, corrected.data.occurredAt, LECCO_ONLY, "degraded"), phase(2, SEVEN, LECCO_ONLY, "partial")] },
    ]);
  });
  it("follow corrections and withdrawals of their changes and their end", () => {
    const valmadrera: Scope = { kind: "bodies", bodyIds: [VALMADRERA] };
    const both = [OPENED, rescoped(SEVEN, LECCO_ONLY), changed(EIGHT, "partial")] as const;
    expect(rowsOf(disruptions, ...both, { correct: 2, as: rescoped(NINE, valmadrera) })[0]?.phases).to.deep.equal([phase(1, START, ALL, "outage"), phase(3, EIGHT, ALL, "partial"), phase(2, NINE, valmadrera, "partial")]);
    expect(rowsOf(disruptions, ...both, { withdraw: 2 })[0]?.phases).to.deep.equal([phase(1, START, ALL, "outage"), phase(3, EIGHT, ALL, "partial")]);
    expect(rowsOf(disruptions, OPENED, ENDED, { correct: 2, as: { type: "DisruptionEnded", data: { ...base, occurredAt: NINE } } })).to.deep.equal([{ ...ROW, end: NINE, ended: NINE }]);
    expect(rowsOf(disruptions, OPENED, ENDED, { withdraw: 2 })).to.deep.equal([ROW]);
    expect(rowsOf(disruptions, OPENED, { withdraw: 1 })).to.deep.equal([]);
  });
  it("are a row each, and none of an incident's other events make one", () => {
    const other: Fact = { type: "DisruptionOpened", data: { ...OPENED.data, disruptionId: disruptionId("posta-down"), serviceId: POSTA } };
    expect(rowsOf(disruptions, REPORTED, OPENED, other, ENDED).map((row) => [row.disruptionId, row.ended])).to.deep.equal([[PROTOCOLLO_DOWN, ENDED.data.occurredAt], ["posta-down", OPEN_ENDED]]);
  });
});
