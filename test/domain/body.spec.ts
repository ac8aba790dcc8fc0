import { instant, type Instant } from "../../src/kernel/brand.js";
import type { Fact, LedgerCommand } from "../../src/domain/record.js";
import { at, given } from "../support/given.js";
import { JOINED, LECCO } from "../support/lecco.js";

const BEGIN = JOINED.data.effectiveFrom;
const END = at("2019-07-01T00:00:00+02:00");
const before = (time: Instant) => instant(time - 1);
const leaving = (effectiveFrom: Instant): LedgerCommand => ({ type: "LeaveBody", data: { bodyId: LECCO, effectiveFrom } });
const LEFT: Fact = { type: "BodyLeft", data: { bodyId: LECCO, effectiveFrom: END } };
const declaring = (workstations: number, effectiveFrom: Instant = END) => ({ bodyId: LECCO, workstations, effectiveFrom });
const DECLARED: Fact = { type: "WorkstationsDeclared", data: declaring(312) };
const renaming = (name: string, effectiveFrom: Instant = END) => ({ bodyId: LECCO, name, effectiveFrom });

describe("a body", () => {
  it("joins once, and again only from when it has left", () => {
    given().when({ type: "JoinBody", data: JOINED.data }).then(JOINED);
    given(JOINED).when({ type: "JoinBody", data: JOINED.data }).thenRefused("WRONG_STATE", /lecco is a member already; correct/);
    const again = (effectiveFrom: Instant) => ({ ...JOINED.data, effectiveFrom });
    given(JOINED, LEFT).when({ type: "JoinBody", data: again(before(END)) }).thenRefused("OUT_OF_ORDER", /left later/, "effectiveFrom");
    given(JOINED, LEFT).when({ type: "JoinBody", data: again(END) }).then({ type: "BodyJoined", data: again(END) });
  });
  it("takes nothing before it has joined", () => {
    given().when(leaving(END)).thenRefused("NOT_FOUND", /JoinBody/, "bodyId");
    given().when({ type: "DeclareWorkstations", data: declaring(10) }).thenRefused("NOT_FOUND", /JoinBody/, "bodyId");
    given().when({ type: "RenameBody", data: renaming("Città di Lecco") }).thenRefused("NOT_FOUND", /JoinBody/, "bodyId");
  });
  it("leaves from the day it joined on, not before, and once", () => {
    given(JOINED).when(leaving(before(BEGIN))).thenRefused("END_BEFORE_START", /cannot leave before it joined/, "effectiveFrom");
    given(JOINED).when(leaving(BEGIN)).then({ type: "BodyLeft", data: { bodyId: LECCO, effectiveFrom: BEGIN } });
    given(JOINED, LEFT).when(leaving(END)).thenRefused("WRONG_STATE", /has left already/);
  });
  it("may be planned: its dates may lie in the future", () => {
    const far = at("2031-01-01T00:00:00+01:00");
    given(JOINED).when(leaving(far)).then({ type: "BodyLeft", data: { bodyId: LECCO, effectiveFrom: far } });
  });
  it("has one count of workstations and one name from a date", () => {
    given(JOINED, DECLARED).when({ type: "DeclareWorkstations", data: declaring(320) }).thenRefused("WRONG_STATE", /correct that record/);
    given(JOINED, DECLARED).when({ type: "DeclareWorkstations", data: declaring(320, before(END)) }).then({ type: "WorkstationsDeclared", data: declaring(320, before(END)) });
    const renamed: Fact = { type: "BodyRenamed", data: renaming("Città di Lecco") };
    given(JOINED).when({ type: "RenameBody", data: renaming("Città di Lecco") }).then(renamed);
    given(JOINED, renamed).when({ type: "RenameBody", data: renaming("Lecco") }).thenRefused("WRONG_STATE", /a name of lecco/);
  });
  it("has from none to a million workstations, whole ones", () => {
    for (const count of [0, 1_000_000]) given(JOINED).when({ type: "DeclareWorkstations", data: declaring(count) }).then({ type: "WorkstationsDeclared", data: declaring(count) });
    given(JOINED).when({ type: "DeclareWorkstations", data: declaring(-1) }).thenRefused("INVALID_INPUT", /-1 is too small; the least is 0/, "workstations");
    given(JOINED).when({ type: "DeclareWorkstations", data: declaring(1_000_001) }).thenRefused("INVALID_INPUT", /1000001 is too large; the most is 1000000/, "workstations");
    given(JOINED).when({ type: "DeclareWorkstations", data: declaring(2 ** 53) }).thenRefused("INVALID_INPUT", /too large; the most is 1000000$/, "workstations");
    given(JOINED).when({ type: "DeclareWorkstations", data: declaring(0.5) }).thenRefused("INVALID_INPUT", /0.5 is not a whole number/, "workstations");
  });
});
