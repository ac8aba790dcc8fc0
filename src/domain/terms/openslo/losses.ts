import type { IndicatorTerms, PenaltyTerms, TargetsTerms } from "../indicators.js";
import type { Terms } from "../terms.js";
import { clipped } from "./names.js";
import { hasArea, zoneForOpenSlo } from "./window.js";

/** Something of the terms that OpenSLO cannot carry. */
export interface Lost {
  /** Of the field in the terms: `["indicators", 0, "penalty"]`. */
  readonly path: readonly (string | number)[];
  readonly sentence: string;
  /** Whether it rides in the query for the ledger, so that reading back brings it again. Other tools pass it over. */
  readonly comesBack: boolean;
}

/** What OpenSLO v1 cannot carry of these terms, in the order of the document. */
export function* lossesOf(terms: Terms): Generator<Lost> {
  yield gone(["effectiveFrom"], `OpenSLO has no day on which terms take effect (${terms.effectiveFrom}); each window only starts with the period in which that day lies`);
  if (zoneForOpenSlo(terms.zone) !== terms.zone) yield rides(["zone"], `OpenSLO's schema takes zones with an area only; ${terms.zone} is written as ${zoneForOpenSlo(terms.zone)}, which is the same`);
  else if (!hasArea(terms.zone)) yield rides(["zone"], `OpenSLO's schema takes zones with an area only; ${terms.zone} is written as it is, and some tools may refuse it`);
  yield gone(["currency"], `OpenSLO knows no money, and so no currency (${terms.currency})`);
  yield* timeLosses(terms);
  for (const [index, indicator] of terms.indicators.entries()) yield* indicatorLosses(indicator, ["indicators", index]);
  yield gone(["cap"], `OpenSLO knows no money, and so no cap on penalties (${terms.cap.percent} % of the contract amount)`);
  yield gone(["apportionment"], `OpenSLO knows no money, and so not how a penalty is shared among the bodies (${terms.apportionment})`);
}

const gone = (path: Lost["path"], sentence: string): Lost => ({ path, sentence, comesBack: false });
const rides = (path: Lost["path"], sentence: string): Lost => ({ path, sentence, comesBack: true });

function* timeLosses({ holidays, calendars, weights, wholeService, maintenance, indicators }: Terms): Generator<Lost> {
  if (Object.values(holidays).some((part) => part !== undefined)) yield gone(["holidays"], "OpenSLO knows no holidays");
  const used = new Set(indicators.flatMap(calendarsOf));
  for (const [name, { kind }] of Object.entries(calendars)) {
    if (!used.has(name)) yield gone(["calendars", name], `no indicator uses the calendar "${name}", so it is not written`);
    else if (kind === "weekly") yield gone(["calendars", name], `OpenSLO has no service hours; only the name "${name}" is written, in the query for the ledger, and another tool counts around the clock`);
  }
  if (weights !== undefined) yield gone(["weights"], `OpenSLO has no weights of disruptions (partial ${weights.partial}, degraded ${weights.degraded})`);
  yield gone(["wholeService"], `OpenSLO knows no bodies, and so not how the figure of a whole service comes of theirs (${wholeService})`);
  yield gone(["maintenance"], `OpenSLO has no maintenance: that it is ${maintenance.announced} when announced, its notice, limits and windows are left out`);
}

function* indicatorLosses(indicator: IndicatorTerms, path: Lost["path"]): Generator<Lost> {
  const { title, missed, penalty, services = [] } = indicator;
  if (clipped(title) !== title) yield rides([...path, "title"], "display names have 63 characters at most; the whole title stands in the query for the ledger");
  if (services.length > 1) {
    yield rides([...path, "services"], isOneFigure(indicator) ? "an SLO of OpenSLO is of one service; this one is written for the contract, and its services stand in the query for the ledger" : "an SLO of OpenSLO is of one service; this indicator is written as one for each");
  }
  yield* kindLosses(indicator, path);
  if (missed === "penalty") yield gone([...path, "missed"], "OpenSLO does not say what follows from missing a target; read back, the indicator is only a finding");
  if (penalty !== undefined) yield gone([...path, "penalty"], `OpenSLO knows no money, and so no penalty (${inWords(penalty)})`);
}

function* kindLosses(indicator: IndicatorTerms, path: Lost["path"]): Generator<Lost> {
  switch (indicator.kind) {
    case "availability":
      yield rides([...path, "per"], `OpenSLO does not say what one figure is of (${indicator.per}); it stands in the query for the ledger`);
      yield rides([...path, "decimals"], "OpenSLO does not say to how many places a figure is shown; it stands in the query for the ledger");
      if (Number(indicator.threshold) === 100) yield rides([...path, "threshold"], ALL);
      return;
    case "time-to-acknowledge":
    case "time-to-restore":
      yield rides([...path, "targets"], `OpenSLO has neither severities nor working hours; the times (${targetsInWords(indicator.targets)}) stand in the query for the ledger, and another tool sees the share of cases only`);
      if (Number(indicator.shareInTime) === 100) yield rides([...path, "shareInTime"], ALL);
      return;
    case "failures":
      yield rides([...path, "most"], "OpenSLO wants a share beside the number of failures: that the number is kept in every period is written as 99.9999999 %, since it takes targets below 100 % only");
  }
}
const ALL = "OpenSLO takes targets below 100 % only; 99.9999999 % stands for it";

/** Whether an indicator over several services has one figure for all of them. */
function isOneFigure(indicator: IndicatorTerms): boolean {
  return indicator.kind !== "availability" || indicator.per === "contract";
}

function calendarsOf(indicator: IndicatorTerms): readonly string[] {
  if (indicator.kind === "availability") return [indicator.calendar];
  return "targets" in indicator ? Object.values(indicator.targets).flatMap((target) => (target === undefined ? [] : [target.calendar])) : [];
}

function targetsInWords(targets: TargetsTerms): string {
  return Object.entries(targets).flatMap(([severity, target]) => (target === undefined ? [] : [`${severity} ${target.within}`])).join(", ");
}

function inWords(penalty: PenaltyTerms): string {
  switch (penalty.kind) {
    case "per-step":
      return `${penalty.rate} ${SIGNS[penalty.rateIn]} of the ${penalty.of} for each ${penalty.counting} step of ${penalty.step} ${penalty.unit}`;
    case "tiers":
      return penalty.tiers.map(({ below, rate, rateIn }) => `${rate} ${SIGNS[rateIn]} of the ${penalty.of} below ${below} %`).join(", ");
    case "per-case":
      return `${penalty.amountCents} cents for each case`;
  }
}
const SIGNS = { "per-mille": "‰", percent: "%" } as const;
