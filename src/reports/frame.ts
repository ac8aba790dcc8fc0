import type { Instant, ZoneId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { NotUnderstood } from "../readmodel/known-ledger.js";
import type { Knowledge } from "../readmodel/knowledge.js";

/** What a report over a period is asked with, besides its subject. "Known when" lies in the queries it is given. */
export interface ReportOptions {
  /** Half-open; how a month, quarter or year is cut is the caller's (src/time). */
  readonly period: TimeSpan;
  /** In which calendar years are cut. */
  readonly zone: ZoneId;
  /** What happened later is left out, as if the question were put then. Default: the instant of the knowledge. */
  readonly asOf?: Instant;
}

/** Why a figure may still change without anything being corrected. */
export type ProvisionalReason =
  /** The period was not over as of then: its rest is neither owed nor lost yet. */
  | "period-not-over"
  /** A disruption was going on as of then; it is counted up to then. */
  | "disruption-open"
  /** An incident was open as of then: what it still lacks may come. */
  | "incident-open"
  /** The time for something that was promised, or for a report, was not over as of then. */
  | "deadline-ahead";

/** What a report says about the question it answers. */
export interface ReportFrame {
  readonly knowledge: Knowledge;
  readonly period: TimeSpan;
  readonly zone: ZoneId;
  readonly asOf: Instant;
  /** `[period.start, min(period.end, asOf))`; `start` equals `end` when nothing of the period had passed. All figures are over this. */
  readonly covered: TimeSpan;
  /** Without entries the figures are final, until more is recorded or corrected; whether that can still be is said by `knowledge`. */
  readonly provisional: readonly ProvisionalReason[];
  /** Events that this release does not understand, in streams that the figures depend on; with entries the figures are incomplete. */
  readonly notUnderstood: readonly NotUnderstood[];
}
