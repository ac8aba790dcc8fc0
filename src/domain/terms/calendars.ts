import { z } from "zod";
import { alwaysOpen, type CalendarRules, type DayHours } from "../../time/calendar.js";
import type { DateText } from "../../time/day.js";
import { holidayCalendar, isHolidayCountry } from "../../time/holidays.js";
import type { ZoneId } from "../../kernel/brand.js";
import { dateSchema, dayHoursSchema, nameSchema, parseHours, titleSchema, yearlyDaySchema } from "./values.js";

/** Which days are holidays, for all calendars of the document. */
export const holidaysSchema = z.strictObject({
  country: z.string().refine(isHolidayCountry, "not the code of a country whose holidays are known, such as IT").optional()
    .meta({ description: "Country whose public holidays count, by its ISO 3166-1 code: IT. Left out: none." }),
  yearly: z.array(z.strictObject({ day: yearlyDaySchema, name: titleSchema })).max(50).optional()
    .meta({ description: "Days of every year besides, such as a town's patron saint." }),
  days: z.array(z.strictObject({ date: dateSchema, name: titleSchema })).max(1000).optional().meta({ description: "Single days besides." }),
}).meta({ description: "Which days are holidays." });
export type HolidaysTerms = z.infer<typeof holidaysSchema>;

const weeklySchema = z.strictObject({
  kind: z.literal("weekly"),
  week: z.strictObject({ mon: dayHoursSchema, tue: dayHoursSchema, wed: dayHoursSchema, thu: dayHoursSchema, fri: dayHoursSchema, sat: dayHoursSchema, sun: dayHoursSchema })
    .meta({ description: "Hours of each weekday." }),
  onHolidays: z.union([z.literal("as-weekday"), dayHoursSchema]).meta({ description: "Hours of a holiday, whatever its weekday (an empty list: no service); `as-weekday`: those of its weekday." }),
  exceptions: z.array(z.strictObject({ date: dateSchema, hours: dayHoursSchema })).max(1000).optional()
    .meta({ description: "Single days with hours of their own, holidays or not." }),
}).refine(({ week, onHolidays, exceptions }) => [...Object.values(week), ...(onHolidays === "as-weekday" ? [] : [onHolidays]), ...(exceptions ?? []).map(({ hours }) => hours)].some((hours) => hours.length > 0), "it has no hour at all; nothing would ever be owed")
  .refine(({ exceptions = [] }) => new Set(exceptions.map(({ date }) => date)).size === exceptions.length, "a date is given hours twice; give each once");
const alwaysSchema = z.strictObject({ kind: z.literal("always") });

/** When service is owed. */
export const calendarSchema = z.discriminatedUnion("kind", [alwaysSchema, weeklySchema])
  .meta({ description: "When service is owed: `always` (24 hours, every day), or `weekly` hours." });
export type CalendarTerms = z.infer<typeof calendarSchema>;

export const calendarsSchema = z.record(nameSchema, calendarSchema)
  .refine((all) => Object.keys(all).length > 0, "it is empty; name at least one calendar, such as always: {kind: always}")
  .meta({ description: "Service hours by name, which indicators refer to." });

/** A calendar as it is walked. */
export function serviceCalendar(terms: CalendarTerms, holidays: HolidaysTerms, zone: ZoneId): CalendarRules {
  if (terms.kind === "always") return alwaysOpen(zone);
  const { week, onHolidays, exceptions = [] } = terms;
  const nameOf = holidayCalendar({
    country: holidays.country,
    yearly: (holidays.yearly ?? []).map(({ day, name }) => ({ month: Number(day.slice(0, 2)), day: Number(day.slice(3)), name })),
    days: new Map((holidays.days ?? []).map(({ date, name }) => [dateTextOf(date), name])),
  });
  return {
    zone,
    week: [hours(week.mon), hours(week.tue), hours(week.wed), hours(week.thu), hours(week.fri), hours(week.sat), hours(week.sun)],
    onHolidays: onHolidays === "as-weekday" ? undefined : hours(onHolidays),
    isHoliday: (date) => nameOf(date) !== undefined,
    exceptions: new Map(exceptions.map((exception) => [dateTextOf(exception.date), hours(exception.hours)])),
  };
}

function hours(texts: readonly string[]): DayHours {
  return texts.flatMap((text) => parseHours(text) ?? []);
}
function dateTextOf(text: string): DateText {
  const [year = "", month = "", day = ""] = text.split("-");
  return `${year}-${month}-${day}`;
}
