import { instant, type Instant } from "../kernel/brand.js";
import type { ServiceCalendar } from "./calendar.js";
import { keptHours } from "./kept-hours.js";
import { span, subtract, totalMs, type SpanList } from "./span.js";

/** How far a due time is looked for: beyond it a calendar has too few hours to be met. */
const HORIZON_MS = 20 * 366 * 86_400_000;
const FIRST_REACH_MS = 14 * 86_400_000;

/** Milliseconds of the calendar's hours from `from` to `to`, without the pauses; 0 if `to` is not later. */
export function workingMs(calendar: ServiceCalendar, { from, to, pauses }: { readonly from: Instant; readonly to: Instant; readonly pauses: SpanList }): number {
  return totalMs(subtract(keptHours(calendar, { start: from, end: to }), pauses));
}

/**
 * The first instant at which `lengthMs` of the calendar's hours have passed since `from`, pauses not counted; `from` itself for 0. Undefined where that is
 * not so within twenty years: a pause without end, or a calendar with next to no hours.
 */
export function afterWorking(calendar: ServiceCalendar, { from, lengthMs, pauses }: { readonly from: Instant; readonly lengthMs: number; readonly pauses: SpanList }): Instant | undefined {
  let left = lengthMs;
  let begin: number = from;
  if (left <= 0) return from;
  for (let reach = FIRST_REACH_MS; begin - from < HORIZON_MS; reach *= 2) {
    const lastPause = pauses.at(-1);
    if (lastPause !== undefined && lastPause.start <= begin && lastPause.end - from >= HORIZON_MS) return undefined;
    const end = begin + reach;
    for (const open of subtract(keptHours(calendar, span(begin, end)), pauses)) {
      if (open.end - open.start >= left) return instant(open.start + left);
      left -= open.end - open.start;
    }
    begin = end;
  }
  return undefined;
}
