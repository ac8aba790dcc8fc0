import { parse } from "csv-parse/sync";
import type { ImportLimits } from "../limits.js";
import { atLine, problem, type Problem } from "../notes.js";
import { NOT_UTF8, type Line } from "../text.js";

/** Columns of the CSV of disruptions; a name in any letter case (docs/imports.md). */
export const REQUIRED_COLUMNS = ["incident", "title", "service", "bodies", "degree", "start", "end"] as const;
export const OPTIONAL_COLUMNS = ["disruption", "contract", "severity", "detected", "reported", "resolved", "text", "recorded"] as const;
export type Column = (typeof REQUIRED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];
const COLUMNS: readonly Column[] = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS];

export type Delimiter = "," | ";" | "\t";
export interface Dialect {
  readonly delimiter: Delimiter;
  /** By position; undefined for a column that is not known. */
  readonly columns: readonly (Column | undefined)[];
  /** Headings as written. */
  readonly headings: readonly string[];
}

/** Delimiter and columns, if the line is a header that has all required columns, each once. */
export function dialectOf(header: string): Dialect | undefined {
  for (const delimiter of [",", ";", "\t"] as const) {
    const headings = fieldsOf(header.replace(/^\uFEFF/, ""), delimiter);
    if (headings === undefined) continue;
    const columns = headings.map((heading) => COLUMNS.find((column) => column === heading.toLowerCase()));
    const known = columns.filter((column) => column !== undefined);
    if (REQUIRED_COLUMNS.every((column) => known.includes(column)) && new Set(known).size === known.length) return { delimiter, columns, headings };
  }
  return undefined;
}

/** The fields of one record (RFC 4180), trimmed; undefined if its quotes are wrong. */
function fieldsOf(record: string, delimiter: Delimiter): readonly string[] | undefined {
  try {
    const rows: string[][] = parse(record, { delimiter, trim: true, relax_column_count: true, record_delimiter: "\u001e" });
    return rows.length === 1 ? rows[0] : undefined;
  } catch {
    return undefined;
  }
}

/** One record of a CSV file and the line it begins on. */
export interface CsvRecord {
  readonly kind: "record";
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records after the header. A quoted field may span lines, up to `maxRecordLines`; a quote that is never closed costs its own line only: reading goes on
 * with the next.
 */
export async function* csvRecords(lines: AsyncIterable<Line>, delimiter: Delimiter, limits: ImportLimits): AsyncGenerator<CsvRecord | Problem> {
  let open: { line: number; text: string }[] = [];
  const take = function* (line: number, text: string): Generator<CsvRecord | Problem> {
    if (open.length === 0 && text.trim() === "") return;
    open.push({ line, text });
    const whole = open.map((each) => each.text).join("\n");
    if (isBalanced(whole)) {
      const from = open[0]?.line ?? line;
      open = [];
      const fields = fieldsOf(whole, delimiter);
      yield fields === undefined ? problem(atLine(from), "INVALID_INPUT", "the quotes of the line are wrong; it was not taken") : { kind: "record", line: from, fields };
    } else if (open.length >= limits.maxRecordLines || whole.length > limits.maxLineBytes) {
      yield* giveUp();
    }
  };
  const giveUp = function* (): Generator<CsvRecord | Problem> {
    const [first, ...rest] = open;
    open = [];
    if (first === undefined) return;
    yield problem(atLine(first.line), "INVALID_INPUT", "a quote is opened and never closed; the line was not taken");
    for (const each of rest) yield* take(each.line, each.text);
  };
  for await (const line of lines) {
    if (line.kind === "text") yield* take(line.number, line.text);
    else {
      while (open.length > 0) yield* giveUp();
      yield unreadable(line);
    }
  }
  while (open.length > 0) yield* giveUp();
}

function unreadable(line: Exclude<Line, { kind: "text" }>): Problem {
  if (line.kind === "too-long") return problem(atLine(line.number), "REQUEST_TOO_LARGE", `the line has more than ${line.limitBytes} bytes; it was not taken`);
  return problem(atLine(line.number), "INVALID_INPUT", NOT_UTF8);
}

function isBalanced(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 0;
}
