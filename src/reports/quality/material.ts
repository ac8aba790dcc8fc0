import type { DisruptionRow, ImprovementRow, IncidentRow, TimelineRow } from "../../../projections/rows.js";
import { instant, type IncidentId, type Instant } from "../../kernel/brand.js";
import type { TimeSpan } from "../../kernel/projection.js";
import { parseStream } from "../../kernel/stream.js";
import type { NotUnderstood } from "../../readmodel/known-ledger.js";
import type { Period } from "../../time/period.js";
import { monthsBefore } from "../../time/shift.js";
import type { ReportQueries } from "../queries.js";
import { COURSE_TYPES, courseOf, type Course } from "./course.js";
import type { Disrupted } from "./elapsed.js";
import type { Occurred, SeverityOf } from "./occurrences.js";
import { RECURRENCE_MONTHS } from "./recurrences.js";

const DAY_MS = 86_400_000;

/** What the indicators need of the read models; a `KnownLedger` has it. */
export type QualityQueries = Pick<
  ReportQueries,
  | "knowledge" | "incidents" | "incidentsDuring" | "disruptionsBegunIn" | "disruptionsOfIncidents" | "entriesOfIncidents" | "improvementsDueIn"
  | "improvementsOfIncidents" | "notUnderstood"
>;

/** All that the figures of a period and of the one before rest on, as of a time. */
export interface QualityMaterial {
  /** Incidents that had occurred and may have gone on in either period; of those that were over in the six months before, only their cause. */
  readonly courses: readonly Course[];
  readonly occurred: (span: TimeSpan) => Occurred;
  /** The incidents that occurred in the span with their disruptions. */
  readonly disrupted: (span: TimeSpan) => readonly Disrupted[];
  readonly improvements: readonly ImprovementRow[];
  /** Of streams of incidents: any of them may hold something that nobody understood. */
  readonly notUnderstood: readonly NotUnderstood[];
}

/** Loads it in a number of statements that does not depend on how many incidents there are. */
export function loadMaterial(ledger: QualityQueries, { period, before, asOf }: { readonly period: Period; readonly before: Period; readonly asOf: Instant }): QualityMaterial {
  const both: TimeSpan = { start: before.span.start, end: period.span.end };
  // A day more, as a clock that was set back lets two times of a night have the same time six months before.
  const wide: TimeSpan = { start: instant(monthsBefore(both.start, RECURRENCE_MONTHS, period.zone) - DAY_MS), end: both.end };
  const hadBegun = ({ started }: IncidentRow | DisruptionRow): boolean => started <= asOf;
  const rows = ledger.incidentsDuring(wide).filter(hadBegun);
  const begun = ledger.disruptionsBegunIn(both).filter(hadBegun);
  // What was over before both periods matters only as what recurs: by its cause.
  const [near, over] = [rows.filter(({ ended }) => ended >= both.start), rows.filter(({ ended }) => ended < both.start)];
  const courses = [...coursesOf(ledger, over, asOf, ["CauseAttributed"]), ...coursesOf(ledger, near, asOf, COURSE_TYPES)];
  const others = othersOf(ledger, begun, near, asOf);
  const severities = new Map([...courses, ...others].map(({ incident: { incidentId }, severity }) => [incidentId, severity]));
  const disruptions = ledger.disruptionsOfIncidents(rows.filter(({ started }) => started >= both.start).map(({ incidentId }) => incidentId));
  const withSeverity = <Row extends IncidentRow | DisruptionRow>(all: readonly Row[], span: TimeSpan): readonly SeverityOf<Row>[] =>
    within(all, span).map((row) => ({ row, severity: severities.get(row.incidentId) }));
  return {
    courses,
    occurred: (span) => ({ incidents: withSeverity(rows, span), disruptions: withSeverity(begun, span) }),
    disrupted: ({ start, end }) => courses
      .filter(({ incident: { started } }) => started >= start && started < end)
      .map((course) => ({ course, disruptions: disruptions.get(course.incident.incidentId) ?? [] })),
    improvements: ledger.improvementsDueIn(both),
    notUnderstood: ledger.notUnderstood().filter(({ stream }) => (parseStream(stream)?.category ?? "incident") === "incident"),
  };
}

function coursesOf(ledger: QualityQueries, rows: readonly IncidentRow[], asOf: Instant, types: readonly TimelineRow["type"][]): readonly Course[] {
  const entries = ledger.entriesOfIncidents(rows.map(({ incidentId }) => incidentId), types);
  return rows.map((row) => courseOf(row, entries.get(row.incidentId) ?? [], asOf));
}

/** Of incidents that are said to lie elsewhere, those of which disruptions began here. */
function othersOf(ledger: QualityQueries, begun: readonly DisruptionRow[], rows: readonly IncidentRow[], asOf: Instant): readonly Course[] {
  const known: ReadonlySet<IncidentId> = new Set(rows.map(({ incidentId }) => incidentId));
  const ids = [...new Set(begun.map(({ incidentId }) => incidentId))].filter((id) => !known.has(id));
  return ids.length === 0 ? [] : coursesOf(ledger, [...ledger.incidents(ids).values()], asOf, ["SeverityAssigned"]);
}

function within<Row extends { readonly started: Instant }>(all: readonly Row[], { start, end }: TimeSpan): readonly Row[] {
  return all.filter(({ started }) => started >= start && started < end);
}
