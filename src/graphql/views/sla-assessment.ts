import type { TermsRow } from "../../../projections/rows.js";
import type { Assessment } from "../../reports/assessment/assessment.js";
import type { AttributedChange } from "../../reports/assessment/attribution.js";
import type { CapStanding } from "../../reports/assessment/cap.js";
import type { LevelChange } from "../../reports/assessment/changes.js";
import type { Claims } from "../../reports/assessment/claims.js";
import type { MadeClaim } from "../../reports/assessment/claims-made.js";
import type { PenaltyAccount, PenaltyLedger } from "../../reports/assessment/penalty-ledger.js";
import type { Scorecard } from "../../reports/assessment/scorecard.js";
import { once } from "../../reports/evaluated.js";
import { underCap } from "../../sla/penalty.js";
import type { RecordedComputation } from "../../reports/assessment/freeze.js";
import type { Difference } from "../assessments/diff.js";
import type { Reading } from "../reading.js";
import { contractView } from "./contract.js";
import { factView } from "./fact.js";
import { frameView } from "./impact.js";
import { knowledgeView } from "./knowledge.js";
import { indicatorView, moneyOf, partOfTermsView, secondsView } from "./level.js";
import { exactView, moneyRangeView, moneyView, whenOrNull } from "./values.js";

export type AssessmentView = ReturnType<typeof slaAssessmentView>;
export function slaAssessmentView(assessment: Assessment, reading: Reading) {
  const { contract, assessed, parts, verdicts, currency, penaltyCents, missingBases, cap } = assessment;
  return {
    __typename: "SlaAssessment" as const, ...frameView(assessment),
    contract: contractView(contract, reading), label: assessed.label, parts: parts.map(partOfTermsView),
    verdicts: countsView(verdicts),
    currency, penalty: moneyRangeView(moneyOf(penaltyCents, currency)), due: dueView(assessment), missingBases, cap: capView(cap),
    assessment, reading,
  };
}

function dueView({ cap, penaltyCents, currency }: Assessment) {
  if (cap?.cap.currency !== currency) return null;
  const due = (cents: number): number => underCap(cents, { capCents: cap.cap.amountCents, usedCents: cap.usedCents - cap.ownCents }).dueCents;
  return moneyRangeView(moneyOf({ min: due(penaltyCents.min), max: due(penaltyCents.max) }, currency));
}

export function capView(standing: CapStanding | undefined) {
  if (standing === undefined) return null;
  const { cap, usedCents, leftCents } = standing;
  return { cap: moneyView(cap), used: moneyView({ amountCents: usedCents, currency: cap.currency }), left: moneyView({ amountCents: leftCents, currency: cap.currency }) };
}

export function scorecardView({ contract, months, indicators, verdicts, notUnderstood }: Scorecard, reading: Reading) {
  const money = (amountCents: number, currency: string) => moneyView({ amountCents, currency });
  return {
    knowledge: knowledgeView(reading.known.knowledge, () => Promise.resolve(notUnderstood)), contract: contractView(contract, reading), verdicts: countsView(verdicts),
    months: months.map(({ assessed, currency, penaltyCents, determinedCents, collectedCents, verdicts: own, ...rest }) => ({
      ...rest, label: assessed.label, span: assessed.span, verdicts: countsView(own), penalty: moneyRangeView(moneyOf(penaltyCents, currency)), determined: money(determinedCents, currency), collected: money(collectedCents, currency),
    })),
    indicators: indicators.map(({ id, title, months: cells }) => ({
      id, title, months: cells.map(({ label, verdicts: own, worst }) => ({ label, verdicts: countsView(own), worst: worst === undefined ? null : exactView(worst) })),
    })),
  };
}

function countsView(verdicts: Assessment["verdicts"]) {
  return { met: verdicts.met, breached: verdicts.breached, undetermined: verdicts.undetermined, notAssessable: verdicts["not-assessable"] };
}

export function termsView(rows: readonly TermsRow[]) {
  return rows.map(({ eventId, terms, effectiveFrom, recordedAt }, index) => ({
    eventId, title: terms.title, effectiveFrom, effectiveUntil: rows[index + 1]?.effectiveFrom, illustrative: terms.illustrative ?? false, indicators: terms.indicators.map(indicatorView), document: terms, recordedAt,
  }));
}

export function computationView({ eventId, data }: RecordedComputation) {
  return { period: data.period, number: data.number, eventId };
}

export function differenceView({ from, to, before, after, changes, attributed }: Difference, reading: Reading) {
  const delta = (side: "min" | "max"): number => after.assessment.penaltyCents[side] - before.assessment.penaltyCents[side];
  return {
    from: computationView(from), to: to === undefined ? null : computationView(to), same: changes.length === 0, changes: changes.map(changeView),
    attributed: attributed.map((each) => attributedView(each, reading)), centsDelta: { min: delta("min"), max: delta("max") },
  };
}

export type AttributedView = ReturnType<typeof attributedView>;
function attributedView({ cause, changes }: AttributedChange, reading: Reading) {
  return { eventId: cause.kind === "event" ? cause.eventId : null, changes: changes.map(changeView), reading };
}

export function changeView({ name, verdicts, agreedMsDelta, downtimeMsDelta, countDelta, centsDelta }: LevelChange) {
  return { name, before: verdicts.before, after: verdicts.after, agreedSeconds: secondsView(agreedMsDelta), downtimeSeconds: secondsView(downtimeMsDelta), count: countDelta, cents: centsDelta };
}

export type ClaimEffectsView = ReturnType<typeof claimEffectsView>;
/** Nothing is weighed before it is asked for: each claim takes an assessment of its own. */
export function claimEffectsView(made: readonly MadeClaim[], claims: Claims, reading: Reading) {
  const worth = once(() => claims.worthOf(made));
  return { made, claims, reading, worth };
}

export type ClaimView = ReturnType<typeof claimView>;
export function claimView(claim: MadeClaim, claims: Claims, reading: Reading) {
  const recorded = claims.recordedOf(claim);
  const worth = once(() => claims.worthOf([claim]));
  return {
    incidentId: claim.incidentId, disruptionId: claim.disruptionId, claimedStart: whenOrNull(claim.claimedStart), claimedEnd: whenOrNull(claim.claimedEnd),
    recordedStart: whenOrNull(recorded?.start), recordedEnd: whenOrNull(recorded?.end), eventId: claim.claimedIn, reading, worth,
  };
}

export function penaltyLedgerView({ knowledge, notUnderstood, contract, cap, penalties }: PenaltyLedger, reading: Reading) {
  return { knowledge: knowledgeView(knowledge, () => Promise.resolve(notUnderstood)), contract: contractView(contract, reading), cap: capView(cap), penalties: penalties.map(accountView) };
}

function accountView(account: PenaltyAccount) {
  const { currency, penaltyId, movements } = account;
  const money = (amountCents: number) => moneyView({ amountCents, currency });
  return {
    penaltyId, determined: money(account.determinedCents), adjusted: money(account.adjustedCents), due: money(account.dueCents), collected: money(account.collectedCents), open: money(account.openCents),
    toPayBack: money(account.toPayBackCents), apportioned: money(account.apportionedCents), toApportion: money(account.toApportionCents), movements: movements.map(({ fact }) => factView(fact)),
  };
}
