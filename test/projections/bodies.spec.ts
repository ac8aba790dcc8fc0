import { expect } from "chai";
import { bodies } from "../../projections/bodies.js";
import { workstations } from "../../projections/workstations.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { JOINED, LECCO, VALMADRERA } from "../support/lecco.js";
import { origin, rowsOf } from "./folding.js";

const SINCE_2009 = JOINED.data.effectiveFrom;
const [IN_2015, IN_2017, IN_2018] = [at("2015-01-01T00:00:00+01:00"), at("2017-01-01T00:00:00+01:00"), at("2018-01-01T00:00:00+01:00")];
const RENAMED: Fact = { type: "BodyRenamed", data: { bodyId: LECCO, name: "Città di Lecco", effectiveFrom: IN_2015 } };
const LEFT: Fact = { type: "BodyLeft", data: { bodyId: LECCO, effectiveFrom: IN_2017 } };
const LECCO_ROW = {
  bodyId: LECCO, name: "Comune di Lecco", kind: "municipality", names: [{ name: "Comune di Lecco", effectiveFrom: SINCE_2009 }], memberships: [{ start: SINCE_2009 }], facts: undefined,
};

describe("bodies", () => {
  it("are there when they have joined", () => {
    expect(rowsOf(bodies, JOINED)).to.deep.equal([LECCO_ROW]);
  });
  it("have the name with the latest date, whatever was recorded last", () => {
    const earlier: Fact = { type: "BodyRenamed", data: { bodyId: LECCO, name: "Lecco", effectiveFrom: at("2012-01-01T00:00:00+01:00") } };
    expect(rowsOf(bodies, JOINED, RENAMED, earlier)).to.deep.equal([
      { ...LECCO_ROW, name: "Città di Lecco", names: [...LECCO_ROW.names, { name: "Lecco", effectiveFrom: earlier.data.effectiveFrom }, { name: "Città di Lecco", effectiveFrom: IN_2015 }] },
    ]);
  });
  it("leave, and may join again", () => {
    const again: Fact = { type: "BodyJoined", data: { ...JOINED.data, kind: "other", effectiveFrom: IN_2018 } };
    expect(rowsOf(bodies, JOINED, LEFT)[0]?.memberships).to.deep.equal([{ start: SINCE_2009, end: IN_2017 }]);
    expect(rowsOf(bodies, JOINED, LEFT, again)[0]).to.deep.include({ kind: "other", memberships: [{ start: SINCE_2009, end: IN_2017 }, { start: IN_2018 }] });
  });
  it("follow corrections of their name, kind and dates", () => {
    const corrected: Fact = { type: "BodyJoined", data: { ...JOINED.data, name: "Lecco", kind: "other", effectiveFrom: IN_2015 } };
    expect(rowsOf(bodies, JOINED, { correct: 1, as: corrected })).to.deep.equal([
      { ...LECCO_ROW, name: "Lecco", kind: "other", names: [{ name: "Lecco", effectiveFrom: IN_2015 }], memberships: [{ start: IN_2015 }] },
    ]);
    expect(rowsOf(bodies, JOINED, LEFT, { correct: 2, as: { type: "BodyLeft", data: { bodyId: LECCO, effectiveFrom: IN_2018 } } })[0]?.memberships).to.deep.equal([{ start: SINCE_2009, end: IN_2018 }]);
  });
  it("lose what is withdrawn, and go with the record of their joining", () => {
    expect(rowsOf(bodies, JOINED, RENAMED, { withdraw: 2 })).to.deep.equal([LECCO_ROW]);
    expect(rowsOf(bodies, JOINED, LEFT, { withdraw: 2 })).to.deep.equal([LECCO_ROW]);
    expect(rowsOf(bodies, JOINED, { withdraw: 1 })).to.deep.equal([]);
  });
  it("are a row each", () => {
    const valmadrera: Fact = { type: "BodyJoined", data: { ...JOINED.data, bodyId: VALMADRERA, name: "Valmadrera" } };
    expect(rowsOf(bodies, JOINED, valmadrera, RENAMED).map(({ bodyId, name }) => [bodyId, name])).to.deep.equal([[LECCO, "Città di Lecco"], [VALMADRERA, "Valmadrera"]]);
  });
});

describe("workstations", () => {
  const DECLARED: Fact = { type: "WorkstationsDeclared", data: { bodyId: LECCO, workstations: 250, effectiveFrom: IN_2017 } };
  const row = { ...origin(1), bodyId: LECCO, workstations: 250, effectiveFrom: IN_2017 };

  it("are a row a declaration", () => {
    const later: Fact = { type: "WorkstationsDeclared", data: { bodyId: LECCO, workstations: 0, effectiveFrom: IN_2018 } };
    expect(rowsOf(workstations, DECLARED, later)).to.deep.equal([row, { ...origin(2), bodyId: LECCO, workstations: 0, effectiveFrom: IN_2018 }]);
  });
  it("keep their own recording when they are corrected, and are gone when withdrawn", () => {
    const corrected: Fact = { type: "WorkstationsDeclared", data: { bodyId: LECCO, workstations: 251, effectiveFrom: IN_2015 } };
    expect(rowsOf(workstations, DECLARED, { correct: 1, as: corrected })).to.deep.equal([{ ...row, workstations: 251, effectiveFrom: IN_2015 }]);
    expect(rowsOf(workstations, DECLARED, { correct: 1, as: corrected }, { withdraw: 1 })).to.deep.equal([]);
  });
  it("are not made by other events", () => {
    expect(rowsOf(workstations, JOINED, RENAMED, LEFT)).to.deep.equal([]);
  });
});
