import { expect } from "chai";
import { commandSchema } from "../../src/domain/commands.js";
import { refusalOf } from "../../src/domain/refusal.js";
import type { Refusal } from "../../src/kernel/errors.js";
import { at } from "../support/given.js";
import { CLOUD_OUTAGE, everyone, LECCO, VALMADRERA } from "../support/lecco.js";

/** Why a command cannot be read; undefined where it can. */
function problemOf(input: unknown): Refusal | undefined {
  const parsed = commandSchema.safeParse(input);
  return parsed.success ? undefined : refusalOf(parsed.error, input);
}
const named = (name: unknown) => problemOf({ type: "JoinBody", data: { bodyId: LECCO, name, kind: "municipality", effectiveFrom: at("2009-01-01T00:00:00+01:00") } });
const said = (text: string) => problemOf({ type: "RecordResponse", data: { incidentId: CLOUD_OUTAGE, entryId: "azione", occurredAt: at("2019-09-25T08:00:00Z"), text: everyone(text) } });
const counted = (workstations: unknown) => problemOf({ type: "DeclareWorkstations", data: { bodyId: LECCO, workstations, effectiveFrom: at("2019-01-01T00:00:00+01:00") } });

const NAMES_TAKEN = ["Comune di Lecco", "Città di Valmadrera 🏛️", "👩‍💻", "بلدية ليكو", "עיריית לקו", "نامه‌رسان", "Comune\u200e (LC)", "L", "x".repeat(300)];
const NAMES_REFUSED: Readonly<Record<string, string>> = {
  "a line break": "Comune\ndi Lecco", "a tab": "Comune\tdi Lecco", "NUL": "Lecco\u0000", "an override of direction": "Lecco\u202eoccel", "an isolate": "Lecco\u2066x",
  "a line separator": "Lecco\u2028x", "half a pair": "Lecco\ud83d", "blanks only": "   ", "nothing": "", "too much": "x".repeat(301), "joiners only": "\u200d\u200d",
};

describe("names and titles", () => {
  it("are taken in every script, as they were written", () => {
    for (const name of NAMES_TAKEN) expect(named(name), name).to.equal(undefined);
  });
  for (const [what, name] of Object.entries(NAMES_REFUSED)) {
    it(`are not ${what}`, () => {
      const refusal = named(name);
      expect(refusal).to.include({ code: "INVALID_INPUT", field: "name" });
      expect(refusal?.message, "what is shown can be seen").to.match(/^name: [^\p{Cc}\u2028-\u202e\u2066-\u2069]+$/u);
      expect(refusal?.message.length).to.be.lessThan(400);
    });
  }
});

describe("free texts", () => {
  it("are kept verbatim, over several lines and in any script", () => {
    for (const text of ["a\tb\r\nc", "مرحبا\nשלום\n🏛️", "\u202eoverridden", "x".repeat(20_000)]) expect(said(text), text.slice(0, 20)).to.equal(undefined);
  });
  it("are not damaged, empty or endless", () => {
    for (const text of ["NUL \u0000", "bell \u0007", "half \udc00 pair", "", " \n\t ", "x".repeat(20_001)]) expect(said(text), JSON.stringify(text.slice(0, 20))).to.include({ code: "INVALID_INPUT", field: "text.text" });
  });
});

describe("counts and lists", () => {
  it("are whole, not negative and within reason", () => {
    for (const count of [0, 1, 250]) expect(counted(count)).to.equal(undefined);
    for (const count of [-1, 0.5, 1e300, Number.NaN, "12", null]) expect(counted(count), String(count)).to.include({ code: "INVALID_INPUT", field: "workstations" });
    expect(counted(-3)?.message).to.include("-3");
  });
  it("name a thing once", () => {
    const scope = (...bodyIds: string[]) => problemOf({ type: "RescopeDisruption", data: { incidentId: CLOUD_OUTAGE, disruptionId: "d", scope: { kind: "bodies", bodyIds }, occurredAt: at("2019-09-25T08:00:00Z") } });
    expect(scope(LECCO, VALMADRERA)).to.equal(undefined);
    expect(scope(LECCO, LECCO)).to.deep.include({ code: "INVALID_INPUT", field: "scope.bodyIds" }).and.to.have.property("message").that.matches(/twice/);
    expect(scope()).to.include({ field: "scope.bodyIds" });
  });
  it("hold no field that a command does not have, and say which", () => {
    const refusal = problemOf({ type: "LeaveBody", data: { bodyId: LECCO, effectiveFrom: at("2020-01-01T00:00:00Z"), reason: "Fusione" } });
    expect(refusal).to.include({ code: "INVALID_INPUT", field: "reason" });
    expect(problemOf({ type: "LeaveBdoy", data: {} })).to.include({ code: "INVALID_INPUT", field: "type" });
    expect(problemOf(null)).to.include({ code: "INVALID_INPUT" });
  });
});
