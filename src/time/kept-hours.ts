import type { Instant } from "../kernel/brand.js";
import { serviceHours, type ServiceCalendar } from "./calendar.js";
import { clip, span, type Span, type SpanList } from "./span.js";

/** Calendars are expanded by blocks of that length, counted from 1970: what is looked at most lies in one or two. */
const BLOCK_MS = 64 * 86_400_000;

/** Expanded blocks by their number; kept as long as their calendar is. */
const kept = new WeakMap<ServiceCalendar, Map<number, SpanList>>();

/** As `serviceHours`, expanded once for each calendar object, however often it is asked. */
export function keptHours(calendar: ServiceCalendar, within: Span): SpanList {
  if (within.start >= within.end) return [];
  const hours: Span[] = [];
  for (let block = blockOf(within.start); block * BLOCK_MS < within.end; block += 1) {
    for (const open of clip(blockHours(calendar, block), within)) append(hours, open);
  }
  return hours;
}

function blockOf(at: Instant): number {
  return Math.floor(at / BLOCK_MS);
}

function blockHours(calendar: ServiceCalendar, block: number): SpanList {
  const blocks = kept.get(calendar) ?? new Map<number, SpanList>();
  kept.set(calendar, blocks);
  const known = blocks.get(block);
  if (known !== undefined) return known;
  const made = serviceHours(calendar, span(block * BLOCK_MS, (block + 1) * BLOCK_MS));
  blocks.set(block, made);
  return made;
}

/** Hours that go on over the end of a block are one span. */
function append(hours: Span[], next: Span): void {
  const last = hours.at(-1);
  if (last !== undefined && last.end === next.start) hours[hours.length - 1] = { start: last.start, end: next.end };
  else hours.push(next);
}
