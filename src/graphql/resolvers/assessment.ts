import { isBodyId, isContractId, isPenaltyId, isServiceId, type Instant, type ZoneId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { moneyView, exactView } from "../views/values.js";
import { canonicalFigures } from "../../reports/assessment/canonical.js";
import type { Verdict } from "../../reports/assessment/level.js";
import { levelsNamed } from "../../reports/assessment/levels-named.js";
import { lastMonthOver, scorecard } from "../../reports/assessment/scorecard.js";
import { isZoneId, ROME } from "../../time/zone.js";
import { penaltyLedger } from "../../reports/assessment/penalty-ledger.js";
import { notKnown } from "../../reports/not-known.js";
import { levelSentence, penaltyLineSentence } from "../../reports/words/level-sentences.js";
import type { Language } from "../../reports/words/languages.js";
import { assessmentFor, periodOfContract, sha256Of, type AssessmentArgs, type PeriodArgs } from "../assessments/asking.js";
import { differenceOf } from "../assessments/diff.js";
import { accountOf, sharesAsFrozen } from "../assessments/working-out.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import type { PageArgs } from "../input/page.js";
import type { Reading } from "../reading.js";
import { assessmentsView } from "../views/assessment.js";
import { bodyView } from "../views/body.js";
import { factView } from "../views/fact.js";
import { levelView, type LevelView, type PenaltyLineView } from "../views/level.js";
import { computationView, differenceView, penaltyLedgerView, scorecardView, slaAssessmentView, termsView, type AssessmentView, type AttributedView } from "../views/sla-assessment.js";
import { countedPage } from "../views/page.js";
import { serviceView } from "../views/service.js";
import { entryOf } from "../views/timeline.js";
import type { FieldResolvers } from "./resolver.js";

type ExplainArgs = KnownArgs & PeriodArgs & { readonly indicator: string; readonly body?: Optional<string>; readonly service?: Optional<string>; readonly asOf?: Optional<Instant> };

export const assessmentQueries: FieldResolvers = {
  slaAssessment: async (_: unknown, args: KnownArgs & AssessmentArgs, context: Context) => {
    const reading = await readingFor(context, args);
    return slaAssessmentView(await assessmentFor(reading, args), reading);
  },
  explain: async (_: unknown, args: ExplainArgs, context: Context) => {
    const reading = await readingFor(context, args);
    const only = {
      indicatorId: args.indicator,
      ...(isGiven(args.body) && { bodyId: idOf(args.body, isBodyId, "body") }), ...(isGiven(args.service) && { serviceId: idOf(args.service, isServiceId, "service") }),
    };
    const assessment = await assessmentFor(reading, args, only);
    return levelsNamed(assessment, only, "indicator").map((level) => levelView(level, assessment.currency, reading));
  },
  assessments: async (_: unknown, args: KnownArgs & { readonly contractId: string; readonly period?: Optional<string> }, context: Context) => {
    const reading = await readingFor(context, args);
    return assessmentsView(idOf(args.contractId, isContractId, "contractId"), args.period ?? undefined, reading);
  },
  assessmentDiff: async (_: unknown, args: KnownArgs & PeriodArgs & { readonly from: number; readonly to?: Optional<number> }, context: Context) => {
    const reading = await readingFor(context, args);
    return differenceView(await differenceOf(reading, args), reading);
  },
  penaltyLedger: async (_: unknown, args: KnownArgs & { readonly contractId: string }, context: Context) => {
    const reading = await readingFor(context, args);
    return penaltyLedgerView(penaltyLedger(reading.known, idOf(args.contractId, isContractId, "contractId")), reading);
  },
  apportionment: async (_: unknown, args: KnownArgs & { readonly contractId: string; readonly penaltyId: string }, context: Context) => {
    const reading = await readingFor(context, args);
    return apportionmentOf(reading, args);
  },
  scorecard: async (_: unknown, args: KnownArgs & { readonly contractId: string; readonly months: number; readonly until?: Optional<string> }, context: Context) => {
    const reading = await readingFor(context, args);
    if (args.months < 1 || args.months > MOST_MONTHS) throw new LedgerError({ code: "INVALID_INPUT", field: "months", params: { months: args.months }, message: `a scorecard has 1 to ${MOST_MONTHS} months, not ${args.months}` });
    const { contractId, assessed } = periodOfContract(reading.known, { contractId: args.contractId, period: args.until ?? lastMonthOver(reading.known.knowledge.instant, zoneOfContract(reading, args.contractId)) }, "until");
    if (assessed.kind !== "month") throw new LedgerError({ code: "INVALID_PERIOD", field: "until", params: { until: assessed.label }, message: `${JSON.stringify(assessed.label)} is no month; write one like 2019-09` });
    return scorecardView(scorecard(reading.known, contractId, { until: assessed.label, count: args.months, zone: assessed.zone }), reading);
  },
  terms: async (_: unknown, args: KnownArgs & { readonly contractId: string }, context: Context) => {
    const reading = await readingFor(context, args);
    const contractId = idOf(args.contractId, isContractId, "contractId");
    if (!reading.known.contracts([contractId]).has(contractId)) throw notKnown("contract", contractId);
    return termsView(reading.known.termsOfContracts([contractId]).get(contractId) ?? []);
  },
};

/** Months of one scorecard: each is assessed whole. */
const MOST_MONTHS = 36;

/** Rome where the contract is not known, which is said in a moment. */
function zoneOfContract({ known }: Reading, id: string): ZoneId {
  const zone = isContractId(id) ? known.contracts([id]).get(id)?.zone : undefined;
  return isZoneId(zone) ? zone : ROME;
}

async function apportionmentOf(reading: Reading, args: { readonly contractId: string; readonly penaltyId: string }) {
  const [contractId, penaltyId] = [idOf(args.contractId, isContractId, "contractId"), idOf(args.penaltyId, isPenaltyId, "penaltyId")];
  const { account, computation } = accountOf(reading.known, contractId, penaltyId);
  const money = (amountCents: number) => moneyView({ amountCents, currency: account.currency });
  const shared = account.toApportionCents === 0 ? undefined : await sharesAsFrozen({ known: reading.known, readModel: reading.context.services.readModel }, computation, account);
  const bodies = reading.known.bodies((shared?.shares ?? []).map(({ bodyId }) => bodyId));
  return {
    penaltyId, amount: money(account.toApportionCents), computation: computationView(computation), key: shared?.key,
    shares: (shared?.shares ?? []).flatMap(({ bodyId, weight, exactCents, amountCents }) => {
      const row = bodies.get(bodyId);
      return row === undefined ? [] : [{ body: bodyView(row, reading), weight: exactView(weight), exactCents: exactView(exactCents), amount: money(amountCents) }];
    }),
    recorded: account.movements.flatMap(({ fact }) => (fact.type === "PenaltyApportioned" ? [factView(fact)] : [])),
  };
}

export const slaAssessmentFields: FieldResolvers = {
  digest: ({ assessment }: AssessmentView) => sha256Of(canonicalFigures(assessment)),
  levels: ({ assessment, reading }: AssessmentView, args: PageArgs & { readonly verdicts?: Optional<readonly Verdict[]> }) => {
    const levels = assessment.levels.filter(({ verdict }) => !isGiven(args.verdicts) || args.verdicts.includes(verdict));
    return countedPage(levels, { args, nameOf: ({ name }) => name, nodeOf: (level) => levelView(level, assessment.currency, reading) });
  },
};

export const levelFields: FieldResolvers = {
  body: async ({ bodyId, reading }: LevelView) => {
    const row = bodyId === undefined ? undefined : await reading.loaders.body.load(bodyId);
    return row && bodyView(row, reading);
  },
  service: async ({ serviceId, reading }: LevelView) => {
    const row = serviceId === undefined ? undefined : await reading.loaders.service.load(serviceId);
    return row && serviceView(row, reading);
  },
  sentence: ({ level }: LevelView, { language }: { readonly language: Language }) => levelSentence(level, language),
};

export const penaltyLineFields: FieldResolvers = {
  sentence: ({ line, of }: PenaltyLineView, { language }: { readonly language: Language }) => penaltyLineSentence(line, of, language),
};

export const attributedFields: FieldResolvers = { event: ({ eventId, reading }: AttributedView) => (eventId === null ? undefined : entryOf(eventId, reading)) };
