import Holidays from "date-holidays";
import type { LocalDate } from "./day.js";
import { dateText, type DateText } from "./day.js";

/** Which days are holidays. */
export interface HolidayRules {
  /** ISO 3166-1 code of the country whose public holidays count, such as `IT`; undefined: none. */
  readonly country: string | undefined;
  /** Days of every year: the patron saint of a town. */
  readonly yearly: readonly { readonly month: number; readonly day: number; readonly name: string }[];
  /** Single days. */
  readonly days: ReadonlyMap<DateText, string>;
}

/** Countries whose holidays are known, by ISO 3166-1 code. */
export function isHolidayCountry(code: string): boolean {
  return Object.hasOwn(new Holidays().getCountries(), code);
}

/** Looks up holidays, each year's once: the name of a holiday, or undefined. Sundays are none by themselves, but Easter is. */
export function holidayCalendar({ country, yearly, days }: HolidayRules): (date: LocalDate) => string | undefined {
  const national = country === undefined ? undefined : new Holidays(country);
  const years = new Map<number, ReadonlyMap<DateText, string>>();
  const ofYear = (year: number): ReadonlyMap<DateText, string> => {
    const known = years.get(year);
    if (known !== undefined) return known;
    const made = new Map(national === undefined ? [] : publicHolidays(national, year));
    years.set(year, made);
    return made;
  };
  return (date) => {
    const text = dateText(date);
    return days.get(text) ?? yearly.find(({ month, day }) => month === date.month && day === date.day)?.name ?? ofYear(date.year).get(text);
  };
}

function publicHolidays(national: Holidays, year: number): (readonly [DateText, string])[] {
  return national.getHolidays(year).filter(({ type }) => type === "public").map(({ date, name }) => {
    const [, y = "", m = "", d = ""] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
    return [`${y}-${m}-${d}`, name] as const;
  });
}
