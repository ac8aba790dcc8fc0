import type { DisruptionRow, IncidentRow, Severity } from "../../../projections/rows.js";
import { SEVERITIES } from "../../domain/incident/events.js";
import type { TimeSpan } from "../../kernel/projection.js";
import type { Period } from "../../time/period.js";
import { count, type Count } from "./figure.js";

/** An incident, or a disruption, with the severity that its incident had; undefined where none was assigned. */
export interface SeverityOf<Row> {
  readonly row: Row;
  readonly severity: Severity | undefined;
}
/** What belongs to one period. */
export interface Occurred {
  readonly incidents: readonly SeverityOf<IncidentRow>[];
  readonly disruptions: readonly SeverityOf<DisruptionRow>[];
}

/** From `critical` to `low`, then undefined for those without one: all of them, also where nothing is counted. */
export const SEVERITY_CLASSES: readonly (Severity | undefined)[] = [...SEVERITIES, undefined];

/** How many incidents occurred, and how many disruptions began. */
export interface Occurrences {
  readonly incidents: Count;
  readonly disruptions: Count;
  readonly bySeverity: readonly { readonly severity: Severity | undefined; readonly incidents: Count; readonly disruptions: Count }[];
  /** What was counted, in the order of occurrence. */
  cases(): Occurred;
}
/** The same for a month of the period, or the part of it that lies in the period. */
export interface MonthOccurrences {
  /** `2019-09` */
  readonly month: string;
  readonly span: TimeSpan;
  readonly incidents: number;
  readonly disruptions: number;
  readonly bySeverity: readonly { readonly severity: Severity | undefined; readonly incidents: number; readonly disruptions: number }[];
}

export function occurrences(now: Occurred, before: Occurred): Occurrences {
  return {
    incidents: count(now.incidents.length, before.incidents.length),
    disruptions: count(now.disruptions.length, before.disruptions.length),
    bySeverity: SEVERITY_CLASSES.map((severity) => ({
      severity,
      incidents: count(numberOf(now.incidents, severity), numberOf(before.incidents, severity)),
      disruptions: count(numberOf(now.disruptions, severity), numberOf(before.disruptions, severity)),
    })),
    cases: () => now,
  };
}

export function occurrencesIn({ label, span }: Period, { incidents, disruptions }: Occurred): MonthOccurrences {
  const [these, those] = [beginningIn(incidents, span), beginningIn(disruptions, span)];
  return {
    month: label, span, incidents: these.length, disruptions: those.length,
    bySeverity: SEVERITY_CLASSES.map((severity) => ({ severity, incidents: numberOf(these, severity), disruptions: numberOf(those, severity) })),
  };
}

function numberOf(all: readonly SeverityOf<unknown>[], severity: Severity | undefined): number {
  return all.filter((each) => each.severity === severity).length;
}

function beginningIn<Row extends Pick<IncidentRow, "started">>(all: readonly SeverityOf<Row>[], { start, end }: TimeSpan): readonly SeverityOf<Row>[] {
  return all.filter(({ row: { started } }) => started >= start && started < end);
}
