import type { StoredEvent } from "../../eventstore/port.js";
import { nextChangeOf, type CaseReading } from "../../reports/clocks/readings.js";
import type { ClockTransition } from "../../reports/clocks/watch.js";
import type { Reading } from "../reading.js";
import { storedEventView } from "./event.js";
import { durationRangeView, durationView, whenOrNull, whenView } from "./values.js";

/** Source of a `ClockReading`. */
export type ClockReadingView = ReturnType<typeof clockReadingView>;

const CLOCKS = { "time-to-acknowledge": "acknowledge", "time-to-restore": "restore" } as const;

export function clockReadingView(of: CaseReading, reading: Reading) {
  const { case: { incidentId, contractId, indicator, kind, severity, clock, terms, startedIn }, reading: { state, elapsedMs, dueAt, remainingMs }, asOf } = of;
  return {
    incidentId, contractId, indicatorId: indicator.id, indicatorTitle: indicator.title, clock: CLOCKS[kind], severity, state, startedIn, asOf,
    startedAt: whenView(clock.start),
    stoppedAt: whenOrNull(clock.stop),
    target: clock.targetMs === undefined ? null : durationView(clock.targetMs),
    elapsed: durationRangeView(elapsedMs),
    remaining: remainingMs === undefined ? null : durationRangeView(remainingMs),
    dueAt: dueAt === undefined ? null : whenView(dueAt.earliest === dueAt.latest ? dueAt.earliest : dueAt),
    get nextChangeAt() {
      return nextChangeOf(of) ?? null;
    },
    stops: clock.pauses.map(({ cause, start, end, eventId }) => ({ cause, from: whenView(start), to: whenOrNull(end), eventId })),
    termsEventId: terms.eventId,
    reading,
  };
}

/** Source of a `ClockChange`. */
export type ClockChangeView = ReturnType<typeof clockChangeView>;

/** `event`: what was recorded; undefined where time alone brought it about. */
export function clockChangeView({ at, before, after, reading: of }: ClockTransition, reading: Reading, event: StoredEvent | undefined) {
  const { incidentId, contractId, indicator } = of.case;
  return {
    position: reading.known.knowledge.position, at, cause: event === undefined ? "time" : "recorded", event: event && storedEventView(event), incidentId, contractId,
    indicatorId: indicator.id, before, state: after, clock: after === undefined ? null : clockReadingView(of, reading),
  };
}
