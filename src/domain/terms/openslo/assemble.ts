import type { IndicatorTerms } from "../indicators.js";
import type { Terms } from "../terms.js";
import type { Draft, Measure } from "./draft.js";
import { note, type Note, type Notes } from "./notes.js";

/** What OpenSLO does not say, and whoever reads it must. */
export interface Given {
  readonly contractId: string;
  /** First day on which the terms hold, in their zone. */
  readonly effectiveFrom: string;
  readonly title?: string | undefined;
  /** Left out: the one of the windows, if they all have the same. */
  readonly zone?: string | undefined;
  /** Left out: the one of `rest`. */
  readonly currency?: string | undefined;
  /** Per cent of the contract amount. Left out: the one of `rest`, else 10. */
  readonly capPercent?: string | undefined;
  /** Terms from which everything is taken that neither OpenSLO nor the other fields here say. */
  readonly rest?: Terms | undefined;
}

/** A field of terms for which a usual value was taken, as nobody gave one. */
export interface Assumed {
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

export interface Assembled {
  /** A document of terms, not checked yet. */
  readonly candidate: unknown;
  readonly assumed: readonly Assumed[];
}

/** Terms from what was read and what is given. What is missing is noted as a problem. */
export function assembled(drafts: readonly Draft[], written: { readonly title: string | undefined; readonly isIllustrative: boolean }, given: Given, notes: Notes): Assembled {
  const { rest, contractId, effectiveFrom } = given;
  const assumed: Assumed[] = [];
  const assume = <T>(path: Assumed["path"], value: T, sentence: string): T => {
    assumed.push({ path, sentence });
    return value;
  };
  const currency = given.currency ?? rest?.currency;
  if (currency === undefined) notes.problems.push(missing("currency", "OpenSLO knows no money; give the ISO 4217 code of the contract's currency, such as EUR"));
  for (const [index, { id }] of (rest?.indicators ?? []).entries()) {
    if (!drafts.some(({ indicator }) => indicator.id === id)) notes.lost.push(note(undefined, ["rest", "indicators", index], `OpenSLO has no indicator "${id}", so it is not taken from the rest either`));
  }
  const indicators = drafts.map((draft, index) => indicatorOf(draft, index, rest, assume));
  const cap = given.capPercent === undefined ? rest?.cap : { percent: given.capPercent };
  if (rest === undefined) assumed.push({ path: ["weights"], sentence: "OpenSLO has no weights of disruptions; those that hold where none are given: partial 0.5, degraded 0" });
  const candidate = {
    format: 1,
    ...((written.isIllustrative || rest?.illustrative === true) && { illustrative: true }),
    title: given.title ?? written.title ?? rest?.title ?? assume(["title"], `Terms of ${contractId}`, "OpenSLO has no title for all of it"),
    contractId, effectiveFrom,
    zone: zoneOf(drafts, given, notes),
    currency,
    holidays: rest?.holidays ?? assume(["holidays"], {}, "OpenSLO knows no holidays; there are none"),
    calendars: calendarsOf(indicators, rest, assume),
    ...(rest?.weights !== undefined && { weights: rest.weights }),
    wholeService: rest?.wholeService ?? assume(["wholeService"], "any", "OpenSLO knows no bodies; a service counts as down as soon as one body has an outage"),
    maintenance: rest?.maintenance ?? assume(["maintenance"], { announced: "excluded" }, "OpenSLO has no maintenance; excluded when announced before it begins"),
    indicators,
    cap: cap ?? assume(["cap"], { percent: "10" }, "OpenSLO knows no money; a tenth of the contract amount"),
    apportionment: rest?.apportionment ?? assume(["apportionment"], "lost-workstation-hours", "OpenSLO knows no money; a collected penalty is shared by what each body lost"),
  };
  return { candidate, assumed };
}

type Assume = <T>(path: Assumed["path"], value: T, sentence: string) => T;
const missing = (field: string, sentence: string): Note => note(undefined, [field], sentence);

/** The zone in which periods are cut: terms have one. */
function zoneOf(drafts: readonly Draft[], { zone }: Given, notes: Notes): string | undefined {
  const zones = [...new Set(drafts.map((draft) => draft.zone))];
  if (zone === undefined && zones.length > 1) notes.problems.push(missing("zone", `the SLOs cut their periods in ${zones.join(" and ")}, terms in one zone; give the one that is meant`));
  if (zone === undefined) return zones[0];
  for (const draft of drafts) {
    if (draft.zone !== zone) notes.of(draft.document).lost(["spec", "timeWindow", 0, "calendar", "timeZone"], `periods are cut in ${zone}, as given, not in ${draft.zone}`);
  }
  return zone;
}

/** An indicator of terms; what OpenSLO does not say of it comes from the one of the same id and kind in the rest. */
function indicatorOf({ indicator: { id, title, period, services, measure } }: Draft, index: number, rest: Terms | undefined, assume: Assume) {
  const path = ["indicators", index] as const;
  const same = rest?.indicators.find((each) => each.id === id && each.kind === measure.kind);
  const missed = same?.missed ?? assume([...path, "missed"], "finding", "OpenSLO knows no money; missing it is a finding, without a penalty");
  return {
    id, title, kind: measure.kind, period, ...(services !== "all" && { services }),
    ...measured(measure, same, rest, (field, value, sentence) => assume([...path, field], value, sentence)),
    missed, ...(same?.penalty !== undefined && { penalty: same.penalty }),
  };
}

type AssumeField = <T>(field: string, value: T, sentence: string) => T;
function measured(measure: Measure, same: IndicatorTerms | undefined, rest: Terms | undefined, assume: AssumeField): object {
  switch (measure.kind) {
    case "availability": {
      const like = same?.kind === "availability" ? same : undefined;
      const always = Object.entries(rest?.calendars ?? {}).find(([, { kind }]) => kind === "always")?.[0] ?? "always";
      const places = measure.threshold.split(".")[1]?.length ?? 0;
      return {
        calendar: measure.calendar ?? like?.calendar ?? assume("calendar", always, "OpenSLO has no service hours; around the clock"),
        per: measure.per ?? like?.per ?? assume("per", "service", "OpenSLO does not say what one figure is of; each service"),
        threshold: asWritten(measure.threshold, like?.threshold),
        decimals: measure.decimals ?? like?.decimals ?? assume("decimals", Math.max(2, places), "OpenSLO does not say to how many places a figure is shown"),
      };
    }
    case "time-to-acknowledge":
    case "time-to-restore":
      return { targets: measure.targets, shareInTime: asWritten(measure.shareInTime, same !== undefined && "shareInTime" in same ? same.shareInTime : undefined) };
    case "failures":
      return { most: measure.most };
  }
}

/** A percentage, in the rest's way of writing it (`99.50`) where it is the same. */
function asWritten(percent: string, inRest: string | undefined): string {
  return inRest !== undefined && Number(inRest) === Number(percent) ? inRest : percent;
}

/** The rest's calendars, and those that indicators name beyond them: around the clock, which is what OpenSLO means. */
function calendarsOf(indicators: readonly object[], rest: Terms | undefined, assume: Assume): Readonly<Record<string, unknown>> {
  const named = new Set(indicators.flatMap(namesOf));
  const known = rest?.calendars ?? {};
  const others = [...named].filter((name) => !Object.hasOwn(known, name))
    .map((name) => [name, assume(["calendars", name], { kind: "always" }, "OpenSLO has no service hours; around the clock. Write the hours in which service is owed")] as const);
  const calendars = { ...known, ...Object.fromEntries(others) };
  return Object.keys(calendars).length > 0 ? calendars : { always: assume(["calendars", "always"], { kind: "always" }, "no indicator needs service hours, and a document has some; around the clock") };
}

function namesOf(indicator: object): readonly string[] {
  if ("calendar" in indicator) return typeof indicator.calendar === "string" ? [indicator.calendar] : [];
  const targets = "targets" in indicator && typeof indicator.targets === "object" && indicator.targets !== null ? Object.values(indicator.targets) : [];
  return targets.flatMap((target: unknown) => (typeof target === "object" && target !== null && "calendar" in target && typeof target.calendar === "string" ? [target.calendar] : []));
}
