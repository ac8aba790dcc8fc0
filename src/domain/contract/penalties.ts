import type { Instant, PenaltyId } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Money } from "../../kernel/money.js";
import { parseDecimal } from "../../kernel/decimal.js";
import { divide, rational } from "../../kernel/rational.js";
import { capOf } from "../../sla/penalty.js";
import type { PenaltyEvent } from "./penalty-events.js";

/** A value that holds from a date until the next one. */
export interface Dated<Value> {
  readonly from: Instant;
  readonly value: Value;
}

/** What has been decided, paid and shared of one penalty, in cents of its currency. */
export interface PenaltyState {
  /** The period that it is for. */
  readonly period: string;
  readonly currency: string;
  /** Determined, and adjusted since. */
  readonly dueCents: number;
  readonly collectedCents: number;
  readonly apportionedCents: number;
}

/** What the cap is worked out from, and what uses it up (domain.md, "From a breach to money"). */
export interface PenaltiesState {
  readonly amounts: readonly Dated<Money>[];
  /** Per cent of the contract amount, as the terms say. */
  readonly caps: readonly Dated<string>[];
  readonly penalties: ReadonlyMap<PenaltyId, PenaltyState>;
}
export const NO_PENALTIES: PenaltiesState = { amounts: [], caps: [], penalties: new Map() };

/** The value that holds at `at`: that of the latest date not after it. */
export function heldAt<Value>(dated: readonly Dated<Value>[], at: Instant): Value | undefined {
  let found: Dated<Value> | undefined;
  for (const each of dated) if (each.from <= at && (found === undefined || each.from >= found.from)) found = each;
  return found?.value;
}

/** What may be determined in all at `at`: the part of the contract amount that the terms name, rounded down; undefined where amount or terms are not agreed. */
export function capAt({ amounts, caps }: Pick<PenaltiesState, "amounts" | "caps">, at: Instant): Money | undefined {
  const [amount, percent] = [heldAt(amounts, at), heldAt(caps, at)];
  const part = percent === undefined ? undefined : parseDecimal(percent);
  if (amount === undefined || part === undefined) return undefined;
  return { amountCents: capOf(amount.amountCents, divide(part, rational(100))), currency: amount.currency };
}

/** What determinations and adjustments have used of the cap, in cents. */
export function usedCents({ penalties }: Pick<PenaltiesState, "penalties">): number {
  return [...penalties.values()].reduce((total, { dueCents }) => total + dueCents, 0);
}

export function admitPenalty(state: PenaltiesState, fact: PenaltyEvent): Refusal | undefined {
  const { penaltyId, amount } = fact.data;
  const penalty = state.penalties.get(penaltyId);
  if (fact.type === "PenaltyDetermined") {
    if (penalty === undefined) return whyPenalisedAlready(state, fact.data.computation) ?? admitUnderCap(state, amount, fact.data.occurredAt);
    return { code: "ID_ALREADY_USED", field: "penaltyId", params: { penaltyId }, message: `the penalty ${penaltyId} is determined already; adjust it (adjustPenalty), or choose another id` };
  }
  if (penalty === undefined) return { code: "NOT_FOUND", field: "penaltyId", params: { penaltyId }, message: `no penalty ${penaltyId} is determined under this contract` };
  if (amount.currency !== penalty.currency) return otherCurrency(amount, penalty.currency);
  switch (fact.type) {
    case "PenaltyAdjusted":
      return otherPeriod(penalty, fact.data.computation) ?? admitAdjustment(state, penalty, fact);
    case "PenaltyCollected":
      return admitCollection(penalty, amount.amountCents);
    case "PenaltyApportioned":
      return otherPeriod(penalty, fact.data.computation) ?? admitApportionment(penalty, amount.amountCents);
  }
}

/** What moves or shares a penalty rests on a computation of the period that it is for: its shares are of that period's losses. */
function otherPeriod({ period }: PenaltyState, computation: { readonly period: string } | undefined): Refusal | undefined {
  if (computation === undefined || computation.period === period) return undefined;
  return { code: "WRONG_STATE", field: "computation.period", params: { period: computation.period, penalised: period }, message: `the penalty is for ${period}, the computation of ${computation.period}; name a computation of ${period}` };
}

/** A period is penalised once: what a later computation finds moves the penalty by an adjustment. */
function whyPenalisedAlready({ penalties }: PenaltiesState, { period }: { readonly period: string }): Refusal | undefined {
  const found = [...penalties].find(([, penalty]) => penalty.period === period);
  if (found === undefined) return undefined;
  return { code: "WRONG_STATE", field: "computation.period", params: { period, penaltyId: found[0] }, message: `the penalty ${found[0]} is determined for ${period} already; adjust that one (adjustPenalty)` };
}

function admitAdjustment(state: PenaltiesState, penalty: PenaltyState, { data: { amount, occurredAt } }: Extract<PenaltyEvent, { type: "PenaltyAdjusted" }>): Refusal | undefined {
  if (penalty.dueCents + amount.amountCents < 0) {
    return { code: "WRONG_STATE", field: "amount", params: { dueCents: penalty.dueCents }, message: `the penalty stands at ${penalty.dueCents} cents; it cannot be adjusted below zero` };
  }
  return amount.amountCents > 0 ? admitUnderCap(state, amount, occurredAt) : undefined;
}

function admitUnderCap(state: PenaltiesState, amount: Money, at: Instant): Refusal | undefined {
  const cap = capAt(state, at);
  if (cap === undefined) {
    return { code: "WRONG_STATE", field: "amount", message: "the cap cannot be worked out: the contract needs an amount and terms that hold at that time; agree them first (amendContract, agreeTerms)" };
  }
  if (cap.currency !== amount.currency) return otherCurrency(amount, cap.currency);
  const leftCents = Math.max(0, cap.amountCents - usedCents(state));
  if (amount.amountCents <= leftCents) return undefined;
  const params = { amountCents: amount.amountCents, capCents: cap.amountCents, usedCents: usedCents(state), leftCents };
  return { code: "CAP_EXCEEDED", field: "amount", params, message: `${amount.amountCents} cents are more than what is left of the contract's cap: ${leftCents} of ${cap.amountCents} cents; determine at most that` };
}

/** Nothing is collected twice, nor more than is due; what is paid back is at most what was collected beyond it. */
function admitCollection({ dueCents, collectedCents }: PenaltyState, amountCents: number): Refusal | undefined {
  const after = collectedCents + amountCents;
  if (amountCents > 0 ? after <= dueCents : after >= dueCents) return undefined;
  const params = { dueCents, collectedCents };
  const message = amountCents > 0
    ? `of ${dueCents} cents due, ${collectedCents} are collected already; at most ${Math.max(0, dueCents - collectedCents)} more can be`
    : `${collectedCents} cents are collected of ${dueCents} due; at most ${Math.max(0, collectedCents - dueCents)} can be paid back`;
  return { code: "WRONG_STATE", field: "amount", params, message };
}

/** What is to be shared now: what is collected and due, less what has been shared before; negative after an adjustment took some back. */
export function toApportionCents({ dueCents, collectedCents, apportionedCents }: PenaltyState): number {
  return Math.min(dueCents, collectedCents) - apportionedCents;
}

function admitApportionment(penalty: PenaltyState, amountCents: number): Refusal | undefined {
  const expected = toApportionCents(penalty);
  if (amountCents === expected) return undefined;
  const params = { toApportionCents: expected };
  if (expected === 0) return { code: "NOTHING_TO_CHANGE", field: "amount", params, message: "there is nothing to share: all that is collected and due has been" };
  return { code: "WRONG_STATE", field: "amount", params, message: `${expected} cents are to be shared, not ${amountCents}: what is collected and due, less what was shared before` };
}

function otherCurrency({ currency }: Money, expected: string): Refusal {
  return { code: "INVALID_INPUT", field: "amount.currency", params: { currency, expected }, message: `the contract's money is in ${expected}, not ${currency}` };
}

export function evolvePenalty(state: PenaltiesState, fact: PenaltyEvent): PenaltiesState {
  const { penaltyId, amount: { amountCents, currency } } = fact.data;
  const old = state.penalties.get(penaltyId) ?? { period: periodOf(fact), currency, dueCents: 0, collectedCents: 0, apportionedCents: 0 };
  return { ...state, penalties: new Map(state.penalties).set(penaltyId, moved(old, fact.type, amountCents)) };
}

function periodOf({ data }: PenaltyEvent): string {
  return "computation" in data ? (data.computation?.period ?? "") : "";
}

function moved(old: PenaltyState, type: PenaltyEvent["type"], amountCents: number): PenaltyState {
  switch (type) {
    case "PenaltyDetermined":
    case "PenaltyAdjusted":
      return { ...old, dueCents: old.dueCents + amountCents };
    case "PenaltyCollected":
      return { ...old, collectedCents: old.collectedCents + amountCents };
    case "PenaltyApportioned":
      return { ...old, apportionedCents: old.apportionedCents + amountCents };
  }
}
