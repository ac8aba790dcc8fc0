import { isBodyId, isContractId, isServiceId, type BodyId, type ContractId, type Instant, type ServiceId } from "../../kernel/brand.js";
import { bodyId, serviceId, contractId } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Result } from "../../kernel/result.js";
import { SEVERITIES } from "../../domain/incident/events.js";
import { DEGREES, type Degree, type Scope } from "../../domain/values.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import type { CaseIncident, ReaderSettings } from "../case.js";
import { idPart, oneLine } from "../names.js";
import { readInstant, readWhen } from "../times.js";
import type { Column, CsvRecord, Dialect } from "./csv-records.js";

type Severity = Exclude<CaseIncident["severity"], undefined>;
export interface NamedBody {
  readonly bodyId: BodyId;
  readonly name: string;
}

/** One row: one disruption of one service. */
export interface CsvRow {
  readonly line: number;
  readonly incident: string;
  readonly title: string;
  readonly service: { readonly serviceId: ServiceId; readonly name: string };
  readonly bodies: readonly NamedBody[];
  readonly scope: Scope;
  /** `none`: the row adds to the incident's timeline only. */
  readonly degree: Degree | "none";
  readonly start: When;
  readonly end: When | undefined;
  readonly disruption: string;
  readonly contractId: ContractId | undefined;
  readonly severity: Severity | undefined;
  readonly detectedAt: When | undefined;
  readonly reportedAt: When | undefined;
  readonly resolvedAt: When | undefined;
  readonly text: string;
  readonly recordedAt: Instant | undefined;
}

/** Thrown inside a row, and answered with a problem of its line. */
class WrongRow extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}
function wrong(field: Column, message: string, code: Refusal["code"] = "INVALID_INPUT"): WrongRow {
  return new WrongRow({ code, field, message: `${field}: ${message}` });
}

/** Reads a record's fields; refused with the first thing that is wrong. */
export function rowOf(record: CsvRecord, dialect: Dialect, settings: ReaderSettings): Result<CsvRow> {
  try {
    return { ok: true, value: readRow(record, dialect, settings) };
  } catch (error) {
    if (error instanceof WrongRow) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function readRow(record: CsvRecord, dialect: Dialect, settings: ReaderSettings): CsvRow {
  if (record.fields.length > dialect.columns.length) {
    throw new WrongRow({ code: "INVALID_INPUT", message: `the line has ${record.fields.length} fields under ${dialect.columns.length} headings; put a field that holds the delimiter into quotes` });
  }
  const cell = (column: Column): string => record.fields[dialect.columns.indexOf(column)] ?? "";
  const required = (column: Column): string => {
    const text = oneLine(cell(column));
    if (text === "") throw wrong(column, "it is empty");
    return text;
  };
  const when = (column: Column, side: "start" | "end"): When | undefined => (cell(column) === "" ? undefined : value(readWhen(cell(column), column, { zone: settings.zone, side })));
  const bodies = bodiesOf(required("bodies"));
  const start = value(readWhen(required("start"), "start", { zone: settings.zone, side: "start" }));
  const end = when("end", "end");
  if (end !== undefined && (latestOf(end) < latestOf(start) || earliestOf(end) < earliestOf(start))) throw wrong("end", "it lies before the start", "END_BEFORE_START");
  const recorded = cell("recorded");
  return {
    line: record.line,
    incident: required("incident"),
    title: oneLine(cell("title")),
    service: serviceOf(required("service")),
    bodies,
    scope: bodies.length === 0 ? { kind: "all" } : { kind: "bodies", bodyIds: bodies.map((body) => body.bodyId) },
    degree: degreeOf(required("degree"), settings),
    start,
    end,
    disruption: oneLine(cell("disruption")),
    contractId: contractOf(oneLine(cell("contract"))),
    severity: severityOf(cell("severity")),
    detectedAt: when("detected", "start"),
    reportedAt: when("reported", "start"),
    resolvedAt: when("resolved", "end"),
    text: cell("text"),
    recordedAt: recorded === "" ? undefined : value(readInstant(recorded, "recorded", { zone: settings.zone, side: "start" })),
  };
}

function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new WrongRow(result.refusal);
}

function serviceOf(text: string): CsvRow["service"] {
  return { serviceId: isServiceId(text) ? text : serviceId(idPart(text)), name: text };
}

function contractOf(text: string): ContractId | undefined {
  if (text === "") return undefined;
  return isContractId(text) ? text : contractId(idPart(text));
}

/** Ids or names with `|` or `;` between them; none for all bodies that have the service, written `*`. */
function bodiesOf(text: string): NamedBody[] {
  if (["*", "all"].includes(text.toLowerCase())) return [];
  const names = text.split(/[|;]/).map((name) => name.trim()).filter((name) => name !== "");
  if (names.length === 0) throw wrong("bodies", "name the bodies, with | between them, or write * for all that have the service");
  const bodies = names.map((name) => ({ bodyId: isBodyId(name) ? name : bodyId(idPart(name)), name }));
  return [...new Map(bodies.map((body) => [body.bodyId, body])).values()];
}

function degreeOf(text: string, settings: ReaderSettings): Degree | "none" {
  const word = text.toLowerCase();
  const effect = Object.hasOwn(settings.degrees, text) ? settings.degrees[text] : settings.degrees[word];
  if (effect === "none") return effect;
  const degree = DEGREES.find((each) => each === (effect ?? word));
  if (degree === undefined) throw wrong("degree", `${JSON.stringify(text)} is not outage, partial or degraded`);
  return degree;
}

function severityOf(text: string): Severity | undefined {
  if (text === "") return undefined;
  const severity = SEVERITIES.find((each) => each === text.toLowerCase());
  if (severity === undefined) throw wrong("severity", `${JSON.stringify(text)} is not ${SEVERITIES.join(", ")}`);
  return severity;
}
