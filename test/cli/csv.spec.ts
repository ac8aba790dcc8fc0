import { expect } from "chai";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvText, type CsvField } from "../../src/cli/csv.js";

describe("comma-separated values", () => {
  it("end every record with CRLF, and quote what has to be quoted", () => {
    expect(csvText(["ente", "nota", "ore"], [["Lecco", 'detto "il capoluogo", sul lago', 2.5], ["Colico", undefined, -3], ["Valmadrera", "due\nrighe", 0]])).to.equal(
      'ente,nota,ore\r\nLecco,"detto ""il capoluogo"", sul lago",2.5\r\nColico,,-3\r\nValmadrera,"due\nrighe",0\r\n',
    );
    expect(csvText(["a"], [])).to.equal("a\r\n");
    expect(csvText(["ente", "nota"], [["Lecco"]]), "every record has as many fields as the header").to.equal("ente,nota\r\nLecco,\r\n");
    expect(() => csvText(["ente"], [["Lecco", "capoluogo"]])).to.throw(RangeError, "2 fields below a header of 1");
  });

  it("let no text run as a formula, and leave numbers alone", () => {
    const written = (text: string): string => csvText(["x"], [[text]]).slice(3, -2);
    for (const text of ["=1+1", "+39 0341", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1+1", "＠x"]) expect(written(text).replace(/^"/, ""), text).to.match(/^'/);
    expect(written("\t=1+1")).to.equal('"\'\t=1+1"');
    expect(written(" =1+1")).to.equal("' =1+1");
    expect(written("\r=1")).to.equal('"\'\r=1"');
    for (const text of ["-3", "-0.5", "12", "3.1415"]) expect(written(text)).to.equal(text);
    for (const text of ["Lecco", "2019-09-25T08:10:00+02:00", "a=b", "l'ente", "x@y", "1+1"]) expect(written(text)).to.equal(text);
  });

  it("quote what spreadsheets of other languages would split at", () => {
    expect(csvText(["x"], [["uno;=1+1"]])).to.equal('x\r\n"uno;=1+1"\r\n');
  });

  const field: fc.Arbitrary<CsvField> = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("=", "+", "-", "@", '"', ",", ";", "\r", "\n", "\t", " ", "a", "1", "'", "＝") }), fc.integer(), fc.constant(undefined));
  it("are read back as they were written, but for the apostrophe before what might be a formula", () => {
    const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 }).map((records) => ({ width, records })));
    fc.assert(fc.property(table, ({ width, records }) => {
      const header = Array.from({ length: width }, (_, n) => `c${n}`);
      // The reader has nothing to do with the writer.
      const back = parse(csvText(header, records), { relax_column_count: false, skip_empty_lines: false });
      const expected = records.map((record) => record.map((each) => {
        const text = each === undefined ? "" : String(each);
        return isFormula(text) ? `'${text}` : text;
      }));
      expect(back).to.deep.equal([header, ...expected]);
      for (const text of back.slice(1).flat()) expect(isFormula(text), JSON.stringify(text)).to.equal(false);
    }), { numRuns: 1000 });
  });
});

/** By its first letter that shows, as a spreadsheet looks at it; a number is none, whatever its sign. */
function isFormula(text: string): boolean {
  if (text !== "" && /^-?[0-9]+(\.[0-9]+)?$/.test(text)) return false;
  return /^[\t\r\n]/.test(text) || ["=", "+", "-", "@", "＝", "＋", "－", "＠"].includes(text.trimStart().charAt(0));
}
