import { divide, multiply, rational, sum } from "../../kernel/rational.js";
import type { AgreementRow, ContractRow } from "../../../projections/rows.js";
import { span, type Span } from "../../time/span.js";
import type { BasePiece, PenaltyBase } from "./level.js";

const MONTHS_PER = { month: 1, quarter: 3, year: 12 } as const;

/** What a base is worked out from. `months` are the calendar months that the part touches, whole. */
export interface BaseMaterial {
  readonly contract: ContractRow;
  readonly agreements: readonly AgreementRow[];
  readonly months: readonly Span[];
  /** The whole period assessed, of which the part is one. */
  readonly period: Span;
  readonly currency: string;
}

/**
 * The fee for a part of a period: month by month, each at a third of a quarter's and a twelfth of a year's fee, and by its part of the month where it holds for a part
 * of it only. Undefined where for some of the part no fee is agreed in the currency of the terms.
 */
export function feeBase({ agreements, months, currency }: BaseMaterial, part: Span): PenaltyBase | undefined {
  const fees = agreements.filter(({ kind }) => kind === "fee");
  const pieces = months.flatMap((month) => fees.flatMap((fee, index) => feePiece(fee, fees[index + 1], { month, part })));
  if (covers(pieces, part) && pieces.every(({ money }) => money.currency === currency)) return { of: "period-fee", cents: sum(pieces.map(({ cents }) => cents)), pieces };
  return undefined;
}

function feePiece(fee: AgreementRow, next: AgreementRow | undefined, { month, part }: { readonly month: Span; readonly part: Span }): readonly BasePiece[] {
  const held = span(Math.max(fee.effectiveFrom, month.start, part.start), Math.min(next?.effectiveFrom ?? Infinity, month.end, part.end));
  if (held.start >= held.end || fee.per === undefined) return [];
  const ofMonth = divide(rational(fee.money.amountCents), rational(MONTHS_PER[fee.per]));
  return [{ ...held, money: fee.money, per: fee.per, eventId: fee.eventId, cents: multiply(ofMonth, rational(held.end - held.start, month.end - month.start)) }];
}

function covers(pieces: readonly BasePiece[], part: Span): boolean {
  return pieces.reduce((total, { start, end }) => total + end - start, 0) === part.end - part.start;
}

/** The contract amount as amended at the end of a part, by the part's share of the period. Undefined without an amount in the currency of the terms. */
export function amountBase({ contract, agreements, period, currency }: BaseMaterial, part: Span): PenaltyBase | undefined {
  const amended = agreements.findLast(({ kind, effectiveFrom }) => kind === "amount" && effectiveFrom < part.end);
  const money = amended?.money ?? contract.amount;
  if (money?.currency !== currency) return undefined;
  const cents = multiply(rational(money.amountCents), rational(part.end - part.start, period.end - period.start));
  return { of: "contract-amount", cents, pieces: [{ ...part, money, per: undefined, eventId: amended?.eventId, cents }] };
}
