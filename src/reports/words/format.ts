import { instant, type Instant, type ZoneId } from "../../kernel/brand.js";
import { floor, multiply, rational, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import { isBand, type When } from "../../time/when.js";
import { instantOfLocal, localOf, offsetMs } from "../../time/zone.js";
import type { Words } from "./words.js";

const HOUR_MS = 3_600_000;

function two(value: number): string {
  return value.toString().padStart(2, "0");
}

/** A wall-clock time in `zone`, as in "27/10/2019 02:30"; seconds and the offset from UTC only where they are needed. */
export function timeText(at: Instant, zone: ZoneId, words: Words): string {
  const local = localOf(at, zone);
  const clock = `${two(local.hour)}:${two(local.minute)}`;
  const millis = local.millisecond === 0 ? "" : `${words.decimalMark}${local.millisecond.toString().padStart(3, "0")}`;
  const seconds = local.second === 0 && millis === "" ? "" : `:${two(local.second)}${millis}`;
  const twice = instantOfLocal(local, zone, "start") !== instantOfLocal(local, zone, "end");
  return `${words.date(two(local.day), two(local.month), local.year.toString())} ${clock}${seconds}${twice ? ` (${offsetText(offsetMs(at, zone))})` : ""}`;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `${offset < 0 ? "−" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** An instant, or the two ends of a band. */
export function whenText(when: When, zone: ZoneId, words: Words): string {
  return isBand(when) ? words.between(timeText(when.earliest, zone, words), timeText(when.latest, zone, words)) : timeText(when, zone, words);
}

/** Milliseconds as "1 h 30 min 5.5 s"; what is finer than a millisecond is cut off. */
export function durationText(ms: Rational, words: Words): string {
  const whole = floor(ms);
  const [hours, minutes, rest] = [whole / BigInt(HOUR_MS), (whole / 60_000n) % 60n, whole % 60_000n];
  const parts = [
    ...(hours > 0n ? [`${groupedText(hours, words)} h`] : []),
    ...(minutes > 0n ? [`${minutes.toString()} min`] : []),
    ...(rest > 0n ? [`${decimalText(rational(rest, 1000n), 3, words)} s`] : []),
  ];
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

/** A decimal floored to at most `decimals` places, without zeros at its end. */
export function decimalText(value: Rational, decimals: number, words: Words): string {
  const [whole = "0", fraction = ""] = toFlooredDecimal(value, decimals).split(".");
  const digits = fraction.replace(/0+$/, "");
  return `${groupedText(BigInt(whole), words)}${digits === "" ? "" : `${words.decimalMark}${digits}`}`;
}

function groupedText(value: bigint, words: Words): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, words.groupMark);
}

/** Cents as "1,234.50 EUR". */
export function moneyText(amountCents: number, currency: string, words: Words): string {
  const cents = BigInt(Math.abs(amountCents));
  return `${amountCents < 0 ? "−" : ""}${groupedText(cents / 100n, words)}${words.decimalMark}${two(Number(cents % 100n))} ${currency}`;
}

/** A share of one as a percentage with `decimals`, floored: "99.8657 %". */
export function percentText(share: Rational, decimals: number, words: Words): string {
  return `${toFlooredDecimal(multiply(share, rational(100)), decimals).replace(".", words.decimalMark)} %`;
}

/** `[start, end)` as a person reads it. */
export function spanText(start: number, end: number, zone: ZoneId, words: Words): string {
  return `${timeText(instant(start), zone, words)} – ${timeText(instant(end), zone, words)}`;
}
