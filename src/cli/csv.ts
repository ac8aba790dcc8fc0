/** What stands in one field: text is written as it is said below, a number as JavaScript writes it, nothing as an empty field. */
export type CsvField = string | number | undefined;

/** RFC 4180, 2.1: records end with CRLF, the last one too. */
const RECORD_END = "\r\n";

/** What a number looks like; written as it is, also where it begins with a minus. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Beginnings that make a spreadsheet take a field for a formula, full-width signs (as in Japanese editions) and spaces before them included. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/;
/** A field with these is quoted: the separators and line ends of RFC 4180, and those that spreadsheets of other languages split at or cut off. */
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/**
 * Records as CSV (RFC 4180): fields separated by commas, quoted where they have to be, quotes within them doubled; the first record is the
 * header, and every record has as many fields as it (a shorter one is filled with empty ones). UTF-8 is the caller's (a terminal, a pipe, a file),
 * without a byte order mark. Throws RangeError for a record that is longer than the header.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises ("CSV Injection"): such a program then shows the text
 * and computes nothing. What is a plain number needs none. Texts of a ledger come from many hands; so every text passes through here.
 */
export function csvText(header: readonly string[], records: readonly (readonly CsvField[])[]): string {
  return [header, ...records].map((fields) => {
    if (fields.length > header.length) throw new RangeError(`a record of ${fields.length} fields below a header of ${header.length}`);
    return `${header.map((_, index) => fieldText(fields[index])).join(",")}${RECORD_END}`;
  }).join("");
}

function fieldText(field: CsvField): string {
  if (field === undefined) return "";
  const text = typeof field === "number" ? String(field) : harmless(field);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function harmless(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
