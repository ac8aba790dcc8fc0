import { z } from "zod";
import { parseDate } from "../../time/day.js";
import { lineSchema } from "../values.js";

/** Names inside a document of terms: of calendars, indicators, windows. */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "not a name (a to z, 0 to 9 and hyphens, beginning with a letter)")
  .meta({ description: "A name: a to z, 0 to 9 and hyphens, beginning with a letter." });

/** A decimal as text, so that it stays exact: `99.5`. */
export const decimalSchema = z.string().regex(/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/, 'not a decimal with at most six places, written as text, such as "99.5"')
  .meta({ description: 'A decimal as text, at most six places, so that it stays exact: "99.5".' });
export const percentSchema = decimalSchema.refine((text) => Number(text) <= 100, "it is above 100 %")
  .meta({ description: 'A percentage from 0 to 100 as text: "99.5".' });
/** From 0 to 1. */
export const weightSchema = decimalSchema.refine((text) => Number(text) <= 1 && text.replace(/^\d\.?/, "").length <= 3, "not a weight from 0 to 1 with at most three places, such as \"0.5\"")
  .meta({ description: 'How much of a moment counts as lost, from 0 to 1 with at most three places, as text: "0.5".' });

export const dateSchema = z.string().refine((text) => parseDate(text) !== undefined, "not a date of the calendar, such as 2019-12-06")
  .meta({ description: "A date: 2019-12-06.", format: "date" });
/** A day of every year. */
export const yearlyDaySchema = z.string().refine((text) => parseDate(`2000-${text}`) !== undefined, "not a day of the year, month first, such as 12-06")
  .meta({ description: "A day of every year, month first: 12-06." });

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
/** Milliseconds since midnight of both ends of `08:00-18:00`; undefined for what is none. */
export function parseHours(text: string): { readonly from: number; readonly to: number } | undefined {
  if (!HOURS.test(text)) return undefined;
  const [from = 0, to = 0] = text.split("-").map((clock) => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * 60_000);
  return from < to ? { from, to } : undefined;
}
const hoursSchema = z.string().refine((text) => parseHours(text) !== undefined, "not hours of a day that end after they begin, such as 08:00-18:00 or 18:00-24:00")
  .meta({ description: "Hours by the clock on the wall, within one day: 08:00-18:00; 24:00 is the next midnight." });
/** Hours of one day, in their order; none is a day without service. */
export const dayHoursSchema = z.array(hoursSchema).max(24)
  .refine((all) => all.every((each, index) => index === 0 || (all[index - 1]?.split("-")[1] ?? "") <= each.slice(0, 5)), "the hours overlap or are not in their order; write the earlier first")
  .meta({ description: "Hours of a day in their order; an empty list is a day without service." });

/** Text that a document shows: a title. */
export const titleSchema = lineSchema.meta({ description: "One line for people." });

/** A length of time, ISO 8601 with hours, minutes and seconds: `PT4H30M`. */
const DURATION = /^PT(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?$/;
/** Milliseconds; undefined for what is none, or none at all. */
export function parseDuration(text: string): number | undefined {
  const [, hours = "0", minutes = "0", seconds = "0"] = DURATION.exec(text) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return DURATION.test(text) && ms > 0 ? ms : undefined;
}
export const durationSchema = z.string().refine((text) => parseDuration(text) !== undefined, "not a length of time in hours, minutes and seconds, such as PT4H or PT30M")
  .meta({ description: "A length of time in hours, minutes and seconds, as ISO 8601 writes it: PT4H, PT1H30M." });

/** Whole cents of the document's currency. */
export const centsSchema = z.int().min(0).max(1_000_000_000_000_000).meta({ description: "Whole cents of the document's currency." });
