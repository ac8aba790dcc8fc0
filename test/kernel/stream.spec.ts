import { expect } from "chai";
import { isBodyId, isCommandId, isLedgerId, ledgerId } from "../../src/kernel/brand.js";
import { ERROR_CODES, LedgerError, RETRYABLE } from "../../src/kernel/errors.js";
import { CATEGORIES, parseStream, streamOf, streamPrefix } from "../../src/kernel/stream.js";

const LECCO = ledgerId("lecco");

describe("stream names", () => {
  it("hold ledger, category and id, and give them back", () => {
    for (const category of CATEGORIES) {
      for (const id of ["lecco", "cloud-2019-09-25", "csv.guasti.a-b", "A~1"]) {
        const name = streamOf(LECCO, category, id);
        expect(name.startsWith(streamPrefix(LECCO))).to.equal(true);
        expect(parseStream(name)).to.deep.equal({ ledger: LECCO, category, id });
      }
    }
  });

  it("of other applications are none of ours, and a ledger's prefix is none of another's", () => {
    for (const name of ["", "$ce-body", "il.lecco", "il.lecco.body", "il.lecco.body-", "il.LECCO.body-x", "il.lecco.invoice-1", "xil.lecco.body-a", "il..body-a"]) expect(parseStream(name), name).to.equal(undefined);
    expect(streamOf(ledgerId("lecco2"), "body", "a").startsWith(streamPrefix(LECCO))).to.equal(false);
  });
});

describe("ids", () => {
  it("are short, plain and begin with a letter or digit", () => {
    for (const id of ["a", "9", "cloud-2019-09-25", "csv.x~1_y", "x".repeat(128)]) expect(isBodyId(id), id).to.equal(true);
    for (const id of ["", "-a", ".a", "a b", "à", "a/b", "a\n", "x".repeat(129), 7, null, undefined, "__proto__"]) expect(isBodyId(id), String(id)).to.equal(false);
    expect([isLedgerId("a.b"), isLedgerId("Lecco"), isLedgerId("lecco-1")]).to.deep.equal([false, false, true]);
    expect(isCommandId("due parole")).to.equal(false);
  });
});

describe("error codes", () => {
  it("are each listed once, and those that may be tried again are among them", () => {
    expect(new Set(ERROR_CODES).size).to.equal(ERROR_CODES.length);
    for (const code of RETRYABLE) expect(ERROR_CODES).to.include(code);
    expect([...RETRYABLE]).to.include.members(["STORE_UNAVAILABLE", "READ_MODEL_BEHIND", "READ_MODEL_BUILDING"]);
  });

  it("travel with what they are about", () => {
    const error = new LedgerError({ code: "NOT_FOUND", field: "bodyId", params: { bodyId: "lecco" }, message: "no body lecco" });
    expect(error).to.be.instanceOf(Error).and.to.deep.include({ code: "NOT_FOUND", field: "bodyId", params: { bodyId: "lecco" }, message: "no body lecco" });
  });
});
