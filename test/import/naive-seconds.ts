/**
 * Figures by walking over every second of a month: slow, plain, and sharing nothing with the product's own interval code. Times are whole seconds since
 * 1970-01-01T00:00:00Z.
 */

/** Seconds of a month, half-open. */
export interface Month {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}
/** Months in UTC from `first` to `last`, such as "2019-09". */
export function months(first: string, last: string): Month[] {
  const all: Month[] = [];
  for (let [year = 0, month = 0] = first.split("-").map(Number); ; [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    all.push({ name, from: Date.UTC(year, month - 1) / 1000, to: Date.UTC(year, month) / 1000 });
    if (name >= last) return all;
  }
}

/** Half weights: outage 2, partial 1, degraded 0. */
export const HALVES: Readonly<Record<string, number>> = { outage: 2, partial: 1, degraded: 0 };

/** Something that held in `[from, to)`. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly halves: number;
}
export interface Excluded {
  readonly from: number;
  readonly to: number;
}

/** Seconds owed and half seconds lost in `[from, to)`: each second counts once, with its largest weight, unless it is excluded. */
export function walk({ from, to }: { readonly from: number; readonly to: number }, hits: readonly Hit[], excluded: readonly Excluded[] = []): { readonly owed: number; readonly lostHalves: number } {
  const length = Math.max(0, to - from);
  if (excluded.every((each) => each.to <= from || each.from >= to) && hits.every((each) => each.halves === 0 || each.to <= from || each.from >= to)) return { owed: length, lostHalves: 0 };
  const seconds = new Uint8Array(length);
  for (const { from: start, to: end, halves } of hits) {
    for (let second = Math.max(start, from); second < Math.min(end, to); second += 1) {
      if ((seconds[second - from] ?? 0) < halves) seconds[second - from] = halves;
    }
  }
  const out = new Uint8Array(length);
  for (const { from: start, to: end } of excluded) out.fill(1, Math.max(0, start - from), Math.max(0, end - from));
  let [owed, lostHalves] = [0, 0];
  for (let second = 0; second < length; second += 1) {
    if (out[second] === 1) continue;
    owed += 1;
    lostHalves += seconds[second] ?? 0;
  }
  return { owed, lostHalves };
}

/** A small generator of numbers from 0 to below 1 (mulberry32), the same for the same seed everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
