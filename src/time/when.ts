import { z } from "zod";
import { instant, isInstant, type Instant } from "../kernel/brand.js";

/** A time that is known only to lie somewhere in `[earliest, latest]`, both ends possible. */
export interface Band {
  readonly earliest: Instant;
  readonly latest: Instant;
}
/** A time is an instant or a band (domain.md, "Time"). */
export type When = Instant | Band;

export const instantSchema = z.custom<Instant>(isInstant, "not an instant (whole milliseconds since 1970-01-01T00:00:00Z)");
export const bandSchema = z
  .strictObject({ earliest: instantSchema, latest: instantSchema })
  .refine((band) => band.earliest < band.latest, "a band's earliest time lies before its latest; write a single instant if they are the same");
export const whenSchema = z.union([instantSchema, bandSchema]);

export function isBand(when: When): when is Band {
  return typeof when === "object";
}
export function earliestOf(when: When): Instant {
  return isBand(when) ? when.earliest : when;
}
export function latestOf(when: When): Instant {
  return isBand(when) ? when.latest : when;
}

/** The first of several times: where they are bands, the band that the first of them lies in. Undefined of none. */
export function firstOf(times: readonly When[]): When | undefined {
  return bandOf(times, (values) => Math.min(...values));
}
/** The last of several times, likewise. */
export function lastOf(times: readonly When[]): When | undefined {
  return bandOf(times, (values) => Math.max(...values));
}

function bandOf(times: readonly When[], choose: (values: readonly number[]) => number): When | undefined {
  if (times.length === 0) return undefined;
  const [earliest, latest] = [instant(choose(times.map(earliestOf))), instant(choose(times.map(latestOf)))];
  return earliest === latest ? earliest : { earliest, latest };
}
