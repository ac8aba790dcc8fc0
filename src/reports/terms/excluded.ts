import type { ContractId, EventId, ExclusionId, MaintenanceId, ServiceId } from "../../kernel/brand.js";
import type { ExclusionRow, MaintenanceRow, TermsRow } from "../../../projections/rows.js";
import { parseDuration } from "../../domain/terms/values.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { Evaluation } from "../../sla/phases.js";
import type { Exclusion } from "../../sla/walk.js";
import { intersect, normalise, span, subtract, totalMs, type Span, type SpanList } from "../../time/span.js";
import { earliestOf, latestOf } from "../../time/when.js";
import type { TermsStretch } from "./in-force.js";
import type { TimeSource } from "./time-source.js";

/** Why time is taken out of the agreed time. */
export type ExclusionCause =
  /** Announced maintenance, recorded before its window began with the notice that the terms ask for. */
  | { readonly kind: "maintenance"; readonly contractId: ContractId; readonly maintenanceId: MaintenanceId; readonly eventId: EventId }
  /** A window that the terms grant without announcement. */
  | { readonly kind: "window"; readonly contractId: ContractId; readonly window: string; readonly eventId: EventId }
  /** An exclusion granted in a dispute. */
  | { readonly kind: "granted"; readonly contractId: ContractId; readonly period: string; readonly exclusionId: ExclusionId; readonly eventId: EventId };

/** What one service's exclusions are worked out from. */
export interface ExcludedFrom {
  readonly serviceId: ServiceId;
  readonly contractId: ContractId;
  /** Hours that would be owed without exclusions. */
  readonly hours: SpanList;
  readonly stretches: readonly TermsStretch[];
  readonly maintenance: readonly MaintenanceRow[];
  readonly granted: readonly ExclusionRow[];
  readonly knowledge: Knowledge;
  readonly time: TimeSource;
}
type Named = Exclusion<ExclusionCause>;

/**
 * What is taken out of the hours of one service, whoever has it: without overlap, by start. Granted exclusions come first; maintenance in the order of
 * time, of each calendar month at most what the terms in force allow (domain.md, "Impact and availability").
 */
export function exclusionsOf(from: ExcludedFrom, evaluation: Evaluation): readonly Named[] {
  const granted = pieces(from.granted.filter(({ serviceIds }) => serviceIds.includes(from.serviceId)).flatMap(grantedSpans), from.hours);
  const left = subtract(from.hours, normalise(granted.map((each) => each.span)));
  const maintained = atMostPerMonth(from, from.stretches.map((stretch) => maintainedIn(from, stretch, { hours: intersect(left, [stretch.span]), evaluation })));
  return [...granted, ...maintained].sort((a, b) => a.span.start - b.span.start);
}

function grantedSpans({ spans, contractId, period, exclusionId, eventId }: ExclusionRow): readonly Named[] {
  return spans.map((each) => ({ span: each, reason: { kind: "granted", contractId, period, exclusionId, eventId } }));
}

/** Each cut to the hours and to what those before it have not taken. */
function pieces(named: readonly Named[], hours: SpanList): Named[] {
  let left = hours;
  const result: Named[] = [];
  for (const { span: whole, reason } of [...named].sort((a, b) => a.span.start - b.span.start)) {
    const own = intersect(left, whole.start < whole.end ? [whole] : []);
    if (own.length === 0) continue;
    result.push(...own.map((each) => ({ span: each, reason })));
    left = subtract(left, own);
  }
  return result;
}

/** Maintenance under one document of terms, in the order of time, before it is held against what a month allows. */
interface Maintained {
  readonly cut: readonly Named[];
  /** Undefined: no limit. */
  readonly mostMs: number | undefined;
}

function maintainedIn(from: ExcludedFrom, stretch: TermsStretch, { hours, evaluation }: { readonly hours: SpanList; readonly evaluation: Evaluation }): Maintained {
  const terms = stretch.row?.terms.maintenance;
  const announced = terms?.announced === "counted" ? [] : from.maintenance.flatMap((row) => announcedSpans(row, { serviceId: from.serviceId, knowledge: from.knowledge, evaluation, noticeMs: parseDuration(terms?.notice ?? "") ?? 0 }));
  const windows = stretch.row === undefined ? [] : windowsOf(from, stretch.row, stretch.span);
  return { cut: pieces([...announced, ...windows], hours).sort((a, b) => a.span.start - b.span.start), mostMs: parseDuration(terms?.atMostPerMonth ?? "") };
}

interface Announced {
  readonly serviceId: ServiceId;
  readonly knowledge: Knowledge;
  readonly evaluation: Evaluation;
  readonly noticeMs: number;
}

/**
 * What an announced maintenance takes out: its window up to its cancellation, as far as that was announced for the service, in some version, before the window of that
 * version began (as its source recorded it, where that is what is asked) and with the notice asked for. A correction thus takes out nothing that had begun by then. In
 * the favourable evaluation a banded cancellation comes as late as it may.
 */
function announcedSpans(row: MaintenanceRow, { serviceId, knowledge: { knownAt }, evaluation, noticeMs }: Announced): readonly Named[] {
  const { started, ended, cancelled, contractId, maintenanceId, eventId } = row;
  const inTime = row.versions.filter(({ serviceIds, start, end, recordedAt, sourceRecordedAt }) => {
    const known = knownAt.kind === "sourceRecordedAt" ? (sourceRecordedAt ?? recordedAt) : recordedAt;
    return serviceIds.includes(serviceId) && start < end && known < start && known + noticeMs <= start;
  });
  const givenBack = cancelled === undefined ? ended : evaluation === "favourable" ? latestOf(cancelled) : earliestOf(cancelled);
  const end = Math.min(ended, givenBack);
  const windows = started < end ? intersect(normalise(inTime.map((version) => span(version.start, version.end))), [span(started, end)]) : [];
  return windows.map((each) => ({ span: each, reason: { kind: "maintenance", contractId, maintenanceId, eventId } }));
}

function windowsOf({ serviceId, contractId, time }: ExcludedFrom, row: TermsRow, within: Span): readonly Named[] {
  return (row.terms.maintenance.windows ?? []).filter(({ services }) => services?.includes(serviceId) ?? true).flatMap((window) =>
    time.windows(row, window, within).map((each) => ({ span: each, reason: { kind: "window" as const, contractId, window: window.name, eventId: row.eventId } })));
}

/** Of each calendar month no more than the terms in force allow; what earlier terms took out in the same month counts too. */
function atMostPerMonth({ stretches, time }: ExcludedFrom, maintained: readonly Maintained[]): readonly Named[] {
  const limited = stretches.find((_, index) => maintained[index]?.mostMs !== undefined)?.row;
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (limited === undefined || first === undefined || last === undefined) return maintained.flatMap(({ cut }) => cut);
  return time.months(limited.terms.zone, span(first.span.start, last.span.end)).flatMap((month) => {
    let takenMs = 0;
    return maintained.flatMap(({ cut, mostMs = Infinity }) => cut.flatMap(({ span: whole, reason }) => {
      const kept = intersect([whole], [month]).flatMap(({ start, end }) => (takenMs < mostMs ? [span(start, Math.min(end, start + mostMs - takenMs))] : []));
      takenMs += totalMs(kept);
      return kept.map((each) => ({ span: each, reason }));
    }));
  });
}
