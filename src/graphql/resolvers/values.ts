import { LedgerError } from "../../kernel/errors.js";
import { divide, rational, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import { exactView, type DurationView, type ExactView } from "../views/values.js";
import type { Context } from "../context.js";
import type { KnowledgeView } from "../views/knowledge.js";
import type { FieldResolvers } from "./resolver.js";

const HOUR_MS = rational(3_600_000);
const MOST_PLACES = 30;

export const exactFields: FieldResolvers = {
  decimal: ({ value }: ExactView, { places }: { readonly places: number }) => {
    if (places >= 0 && places <= MOST_PLACES) return toFlooredDecimal(value, places);
    throw new LedgerError({ code: "INVALID_INPUT", field: "places", params: { places }, message: `a decimal has 0 to ${MOST_PLACES} places after the point, not ${places}` });
  },
};

export const durationFields: FieldResolvers = {
  milliseconds: ({ ms }: DurationView) => exactView(ms),
  hours: ({ ms }: DurationView) => exactView(divide(ms, HOUR_MS)),
  iso8601: ({ ms }: DurationView) => isoDuration(wholeMs(ms)),
};

/** Cut to the millisecond, towards zero. */
function wholeMs({ numerator, denominator }: Rational): bigint {
  return numerator / denominator;
}

/** ISO 8601 in hours, minutes and seconds: `PT3H30M`, `PT0S`; `-PT3H30M` as in ISO 8601-2. */
function isoDuration(ms: bigint): string {
  if (ms < 0n) return `-${isoDuration(-ms)}`;
  const [hours, minutes, seconds, rest] = [ms / 3_600_000n, (ms / 60_000n) % 60n, (ms / 1000n) % 60n, ms % 1000n];
  const fraction = rest === 0n ? "" : `.${rest.toString().padStart(3, "0").replace(/0+$/, "")}`;
  const parts = [
    ...(hours > 0n ? [`${hours.toString()}H`] : []),
    ...(minutes > 0n ? [`${minutes.toString()}M`] : []),
    ...(seconds > 0n || fraction !== "" ? [`${seconds.toString()}${fraction}S`] : []),
  ];
  return `PT${parts.length === 0 ? "0S" : parts.join("")}`;
}

export const knowledgeFields: FieldResolvers = {
  event: ({ position }: KnowledgeView, _: unknown, { services: { readModel } }: Context) => (position === undefined ? null : readModel.eventIdAt(position)),
  incomplete: async ({ notUnderstood }: KnowledgeView) => (await notUnderstood()).length > 0,
  notUnderstood: ({ notUnderstood }: KnowledgeView) => notUnderstood(),
};
