import { z } from "zod";
import { parseDate } from "../../time/day.js";
import { parseRule } from "../../time/recurrence.js";
import { zoneSchema } from "../../time/zone.js";
import { contractIdSchema, serviceIdsSchema } from "../values.js";
import { calendarsSchema, holidaysSchema } from "./calendars.js";
import { indicatorSchema, type IndicatorTerms, type PenaltyTerms } from "./indicators.js";
import { dateSchema, durationSchema, nameSchema, percentSchema, titleSchema, weightSchema } from "./values.js";

const ruleSchema = z.string().superRefine((text, context) => {
  const parsed = parseRule(text);
  if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.refusal.message });
});

const windowSchema = z.strictObject({
  name: nameSchema,
  rule: ruleSchema.meta({ description: "When it comes again, at most daily, as RFC 5545 (section 3.3.10) writes it: FREQ=MONTHLY;BYDAY=1SU. UNTIL as a date means its whole day; with Z it is in UTC, else on the clock of the contract's zone." }),
  first: z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, "not a date and time of the document's zone, such as 2019-01-06T02:00").refine((text) => parseDate(text.slice(0, 10)) !== undefined, "not a date and time of the document's zone, such as 2019-01-06T02:00").meta({ description: "Begin of the first window, by the clock of the document's zone: 2019-01-06T02:00." }),
  length: durationSchema,
  services: serviceIdsSchema.optional().meta({ description: "Services that it is of; left out: all under the contract." }),
}).meta({ description: "A maintenance window that comes again." });

const maintenanceSchema = z.strictObject({
  announced: z.enum(["excluded", "counted"]).meta({ description: "Whether maintenance that was announced in time is taken out of the agreed time." }),
  notice: durationSchema.optional().meta({ description: "How long before its window it must be announced to be excluded. Left out: any time before." }),
  atMostPerMonth: durationSchema.optional().meta({ description: "Most of it that is excluded in a calendar month. Left out: no limit." }),
  windows: z.array(windowSchema).max(100).optional().meta({ description: "Windows that need no announcement." }),
}).meta({ description: "How maintenance is treated." });

const fields = z.strictObject({
  format: z.literal(1).meta({ description: "Version of this format: 1." }),
  illustrative: z.literal(true).optional().meta({ description: "Says that the document was invented and is no contract." }),
  title: titleSchema,
  contractId: contractIdSchema.meta({ type: "string", description: "The contract that these terms are of." }),
  effectiveFrom: dateSchema.meta({ description: "First day on which they hold, in the document's zone. The terms before hold until then." }),
  zone: zoneSchema.meta({ type: "string", description: "IANA time zone in which periods are cut and hours are told: Europe/Rome." }),
  currency: z.string().regex(/^[A-Z]{3}$/, "not an ISO 4217 currency code, such as EUR").meta({ description: "ISO 4217 code of all amounts: EUR." }),
  holidays: holidaysSchema,
  calendars: calendarsSchema,
  weights: z.strictObject({ partial: weightSchema, degraded: weightSchema }).optional().meta({ description: "What counts besides an outage, which is 1. Left out: partial 0.5, degraded 0." }),
  wholeService: z.enum(["any", "all", "mean"]).meta({ description: "How the figure of a whole service comes of its bodies': their worst moment, their best, or the mean weighted by workstations." }),
  maintenance: maintenanceSchema,
  indicators: z.array(indicatorSchema).min(1).max(200).meta({ description: "The service levels." }),
  cap: z.strictObject({ percent: percentSchema }).default({ percent: "10" })
    .meta({ description: "Most that all penalties together may come to, in per cent of the contract amount, over the contract's whole life. Left out: 10." }),
  apportionment: z.enum(["lost-workstation-hours", "workstations", "equally"]).meta({ description: "By what a collected penalty is shared among the bodies." }),
});
type Fields = z.infer<typeof fields>;

/** Terms of a contract (domain.md, "Terms of a contract, as data"): one document, effective from a date. */
export const termsSchema = fields.superRefine((terms, context) => {
  for (const { path, message } of contradictions(terms)) context.addIssue({ code: "custom", path: [...path], message });
}).meta({ title: "Terms of a contract", description: "Service levels of a contract, how they are measured, and what it costs to miss them." });
export type Terms = z.infer<typeof termsSchema>;

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What each field allows, but not all of them together. */
function* contradictions(terms: Fields): Generator<Contradiction> {
  const seen = new Map<string, number>();
  for (const [index, indicator] of terms.indicators.entries()) {
    const path = ["indicators", index] as const;
    const first = seen.get(indicator.id);
    if (first !== undefined) yield { path: [...path, "id"], message: `indicators ${first + 1} and ${index + 1} have the same id; findings could not tell them apart` };
    seen.set(indicator.id, first ?? index);
    yield* unknownCalendars(indicator, path, Object.keys(terms.calendars));
    yield* penaltyProblems(indicator, path);
  }
  const windows = terms.maintenance.windows ?? [];
  if (new Set(windows.map(({ name }) => name)).size < windows.length) yield { path: ["maintenance", "windows"], message: "two windows have the same name; give each its own" };
}

function* unknownCalendars(indicator: IndicatorTerms, path: readonly (string | number)[], known: readonly string[]): Generator<Contradiction> {
  const missing = (name: string): string => `there is no calendar "${name}" in this document; there are ${known.join(", ")}`;
  if (indicator.kind === "availability" && !known.includes(indicator.calendar)) yield { path: [...path, "calendar"], message: missing(indicator.calendar) };
  if (!("targets" in indicator)) return;
  for (const [severity, target] of Object.entries(indicator.targets)) {
    if (target !== undefined && !known.includes(target.calendar)) yield { path: [...path, "targets", severity, "calendar"], message: missing(target.calendar) };
  }
}

function* penaltyProblems({ kind, missed, penalty }: IndicatorTerms, path: readonly (string | number)[]): Generator<Contradiction> {
  if (missed === "penalty" && penalty === undefined) yield { path: [...path, "penalty"], message: "a missed indicator is to be a penalty, but none is given; give it, or make it a finding" };
  if (missed === "finding" && penalty !== undefined) yield { path: [...path, "penalty"], message: "a missed indicator is only a finding, and yet a penalty is given; take one of the two back" };
  if (penalty !== undefined && !fits(kind, penalty)) yield { path: [...path, "penalty"], message: `a penalty ${inWords(penalty)} does not fit an indicator of the kind ${kind}` };
}

/** Percentages are missed by points and tiers, times by time, and cases by their number. */
function fits(kind: IndicatorTerms["kind"], penalty: PenaltyTerms): boolean {
  switch (penalty.kind) {
    case "per-step":
      return kind !== "failures" && (penalty.unit === "percentage-points" || kind !== "availability");
    case "tiers":
      return kind !== "failures";
    case "per-case":
      return kind !== "availability";
  }
}
function inWords(penalty: PenaltyTerms): string {
  switch (penalty.kind) {
    case "per-step":
      return `by steps of ${penalty.unit}`;
    case "tiers":
      return "by tiers of a percentage";
    case "per-case":
      return "for each case";
  }
}
