import { expect } from "chai";
import fc from "fast-check";
import { canonicalJson, isJsonObject, parseJson } from "../../src/kernel/json.js";

describe("canonical JSON", () => {
  it("is what RFC 8785 shows", () => {
    const input = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", literals: [null, true, false] };
    expect(canonicalJson(input)).to.equal('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
    // Names are sorted by their UTF-16 code units: the emoji, a pair that begins with U+D83D, before U+FB33.
    expect(canonicalJson({ "\ufb33": 1, "😂": 2, "ö": 3, "1": 4, "\r": 5 })).to.equal('{"\\r":5,"1":4,"ö":3,"😂":2,"\ufb33":1}');
  });

  it("is the same whatever the order of names, means the same, and is stable", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).to.equal(text);
      expect(canonicalJson(parseJson(text))).to.equal(text);
      expect(parseJson(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
    }));
  });

  it("has no words for what is no JSON", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => canonicalJson({ value })).to.throw();
  });
});

describe("JSON from outside", () => {
  it("is an object only where it is one", () => {
    expect([{}, { a: 1 }].every(isJsonObject)).to.equal(true);
    expect([null, [], "{}", 1, undefined].some(isJsonObject)).to.equal(false);
  });

  it("cannot reach into prototypes", () => {
    const value = parseJson('{"__proto__": {"polluted": true}, "a": 1}');
    expect(Object.hasOwn({}, "polluted") || "polluted" in {}).to.equal(false);
    expect(isJsonObject(value) && value["a"]).to.equal(1);
  });
});
