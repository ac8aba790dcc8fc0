import { contractId, type ContractId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import type { Case, CaseDisruption, CaseIncident, Reading, ReaderSettings } from "../case.js";
import type { ImportLimits } from "../limits.js";
import { idPart, oneLine } from "../names.js";
import { atLine, mend, problem, problemOf, type Note } from "../notes.js";
import type { Line } from "../text.js";
import { csvRecords, dialectOf, type Dialect } from "./csv-records.js";
import { rowOf, type CsvRow } from "./csv-row.js";
import { FirstNeed, textOf } from "./reading.js";

/** Contract of new services where neither the file nor the settings name one. */
const UNNAMED_CONTRACT = contractId("imported");

/** The rows of one incident, wherever they stand in the file. */
interface Rows {
  readonly rows: CsvRow[];
  /** A row of it was wrong, so that whether all has ended cannot be told. */
  incomplete: boolean;
}

/**
 * The CSV of disruptions: one row a disruption, rows of the same incident together one incident. It is read whole before anything is taken, since an incident is
 * over when all its rows are. Throws LedgerError: UNKNOWN_FORMAT without its header, REQUEST_TOO_LARGE beyond `maxDocumentBytes`.
 */
export async function* readCsv(lines: AsyncGenerator<Line>, settings: ReaderSettings, limits: ImportLimits): AsyncGenerator<Reading> {
  const { dialect, notes, line } = await headerOf(lines);
  yield* notes;
  const incidents = new Map<string, Rows>();
  let length = 0;
  for await (const record of csvRecords(lines, dialect.delimiter, limits)) {
    if (record.kind === "problem") {
      yield record;
      continue;
    }
    length += record.fields.reduce((sum, field) => sum + field.length + 1, 0);
    if (length > limits.maxDocumentBytes) throw tooLarge(limits.maxDocumentBytes);
    yield* addRow(incidents, rowOf(record, dialect, settings), { name: record.fields[dialect.columns.indexOf("incident")] ?? "", line: record.line });
  }
  if (incidents.size === 0) yield problem(atLine(line), "INVALID_INPUT", "the file has a header and no row that could be taken");
  const needs = new FirstNeed();
  for (const [name, rows] of incidents) if (rows.rows.length > 0) yield* readIncident(name, rows, settings, needs);
}

function* addRow(incidents: Map<string, Rows>, row: ReturnType<typeof rowOf>, at: { readonly name: string; readonly line: number }): Generator<Reading> {
  const known = incidents.get(at.name) ?? { rows: [], incomplete: false };
  if (row.ok) known.rows.push(row.value);
  else {
    known.incomplete = true;
    yield problemOf(atLine(at.line), { ...row.refusal, message: `${row.refusal.message}; the line was not taken` });
  }
  if (at.name !== "") incidents.set(at.name, known);
}

async function headerOf(lines: AsyncGenerator<Line>): Promise<{ readonly dialect: Dialect; readonly notes: readonly Note[]; readonly line: number }> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line = next.value;
    if (line.kind === "text" && line.text.trim() === "") continue;
    const dialect = line.kind === "text" ? dialectOf(line.text) : undefined;
    if (dialect === undefined) break;
    const unread = dialect.headings.filter((heading, index) => dialect.columns[index] === undefined && heading !== "");
    return { dialect, line: line.number, notes: unread.map((heading) => mend(atLine(line.number), `the column ${JSON.stringify(heading)} is not known and is not read`)) };
  }
  throw new LedgerError({ code: "UNKNOWN_FORMAT", message: "the file has no header row with the columns incident, title, service, bodies, degree, start, end" });
}

function tooLarge(limitBytes: number): LedgerError {
  return new LedgerError({ code: "REQUEST_TOO_LARGE", params: { limitBytes }, message: `a CSV of more than ${limitBytes} bytes cannot be read whole; split it, rows of one incident together, and import the parts under the same import id` });
}

function* readIncident(name: string, { rows, incomplete }: Rows, settings: ReaderSettings, needs: FirstNeed): Generator<Reading> {
  const [first] = rows;
  if (first === undefined) return;
  for (const row of rows) yield* requirementsOf(row, settings, needs);
  const disruptions: CaseDisruption[] = [];
  const nth = new Map<string, number>();
  for (const row of distinct(rows)) {
    if ("kind" in row) yield row;
    else if (row.degree !== "none") disruptions.push(disruptionOf(row, row.degree, nth, settings));
  }
  const titled = rows.find((row) => row.title !== "");
  for (const row of rows) {
    if (row.title !== "" && row.title !== titled?.title) yield mend(atLine(row.line), `the incident ${name} has the title of line ${titled?.line ?? row.line}; this one is not read`);
  }
  const base: Case = { kind: "case", key: name, name: idPart(name), place: atLine(first.line), reason: "The imported file says otherwise now.", partial: true, maintenance: [] };
  const recordedAt = rows.map((row) => row.recordedAt).filter((at) => at !== undefined).reduce<typeof first.recordedAt>((a, b) => (a === undefined || b < a ? b : a), undefined);
  yield { ...base, ...(recordedAt !== undefined && { sourceRecordedAt: recordedAt }), incident: { ...headOf(titled?.title ?? oneLine(name), [first, ...rows.slice(1)], incomplete), disruptions, entries: [] } };
}

/** Rows that say what an earlier row of the incident says are reported instead of being taken twice. */
function* distinct(rows: readonly CsvRow[]): Generator<CsvRow | Note> {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const { line, ...said } = row;
    const text = JSON.stringify(said);
    const earlier = seen.get(text);
    seen.set(text, earlier ?? line);
    if (earlier === undefined) yield row;
    else yield problem(atLine(line), "ID_ALREADY_USED", `the line says what line ${earlier} says; it was not taken twice`);
  }
}

function headOf(title: string, rows: readonly [CsvRow, ...CsvRow[]], incomplete: boolean): Omit<CaseIncident, "disruptions" | "entries"> {
  const first = <T>(of: (row: CsvRow) => T | undefined): T | undefined => rows.map(of).find((each) => each !== undefined);
  const [severity, contract] = [first((row) => row.severity), first((row) => row.contractId)];
  const [detectedAt, reportedAt] = [earliest(rows.map((row) => row.detectedAt)), earliest(rows.map((row) => row.reportedAt))];
  const resolvedAt = first((row) => row.resolvedAt) ?? (incomplete || rows.some((row) => row.end === undefined) ? undefined : latest(rows.map((row) => row.end)));
  return {
    title,
    occurredAt: earliest(rows.map((row) => row.start)) ?? rows[0].start,
    ...(severity !== undefined && { severity }),
    ...(contract !== undefined && { contractId: contract }),
    ...(detectedAt !== undefined && { detectedAt }),
    ...(reportedAt !== undefined && { reportedAt }),
    ...(resolvedAt !== undefined && { resolvedAt }),
  };
}

function disruptionOf(row: CsvRow, degree: Exclude<CsvRow["degree"], "none">, nth: Map<string, number>, settings: ReaderSettings): CaseDisruption {
  const named = row.disruption === "" ? [row.service.serviceId, ...row.bodies.map((body) => body.bodyId)].join(".") : row.disruption;
  const count = (nth.get(named) ?? 0) + 1;
  nth.set(named, count);
  return {
    key: count === 1 ? idPart(named) : `${idPart(named)}-${count}`,
    serviceId: row.service.serviceId,
    scope: row.scope,
    degree,
    start: row.start,
    changes: [],
    ...(row.end !== undefined && { end: row.end }),
    ...(row.detectedAt !== undefined && { detectedAt: row.detectedAt }),
    ...(row.reportedAt !== undefined && { reportedAt: row.reportedAt }),
    ...(row.text.trim() !== "" && { text: textOf(row.text, settings.language) }),
    ...(row.recordedAt !== undefined && { openedSourceRecordedAt: row.recordedAt, endedSourceRecordedAt: row.recordedAt }),
  };
}

function* requirementsOf(row: CsvRow, settings: ReaderSettings, needs: FirstNeed): Generator<Reading> {
  const place = atLine(row.line);
  const contract: ContractId = row.contractId ?? settings.contractId ?? UNNAMED_CONTRACT;
  const { serviceId } = row.service;
  yield* needs.of({ kind: "contract", contractId: contract, title: contract, supplier: "not stated" }, place, row.recordedAt);
  yield* needs.of({ kind: "service", ...row.service, contractId: contract }, place, row.recordedAt);
  for (const body of row.bodies) {
    yield* needs.of({ kind: "body", ...body }, place, row.recordedAt);
    yield* needs.of({ kind: "adoption", serviceId, bodyId: body.bodyId }, place, row.recordedAt);
  }
}

function earliest(times: readonly (When | undefined)[]): When | undefined {
  return times.reduce((a, b) => (a === undefined || (b !== undefined && earliestOf(b) < earliestOf(a)) ? b : a), undefined);
}
function latest(times: readonly (When | undefined)[]): When | undefined {
  return times.reduce((a, b) => (a === undefined || (b !== undefined && latestOf(b) > latestOf(a)) ? b : a), undefined);
}
