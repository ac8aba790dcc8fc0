import type { IndicatorTerms, PenaltyTerms } from "../../../src/domain/terms/indicators.js";
import type { Terms } from "../../../src/domain/terms/terms.js";
import { midnight } from "./naive-clock.js";
import { decimal, fraction, halfUp, isLess, minus, over, plus, text, times, type Fraction } from "./naive-exact.js";
import type { NaiveDisruption, NaiveLedger } from "./naive-ledger.js";
import { NaiveWalk, type Looked, type Side, type Sum } from "./naive-walk.js";

/** The second implementation of an assessment (domain.md, "Terms of a contract, as data"), in the form of the product's canonical figures. */
export interface NaiveLevel {
  readonly name: string;
  readonly verdict: string;
  readonly measured: unknown;
  readonly penalty: { readonly cents: { readonly min: number; readonly max: number } } | null;
}
export interface NaiveQuestion {
  readonly kind: "month" | "quarter" | "year";
  readonly from: number;
  readonly to: number;
  /** What happens from then on is left out. */
  readonly asOf: number;
  /** Seconds from one moment that is looked at to the next. */
  readonly tick: number;
  /** Only levels of one body, of one service. */
  readonly only?: { readonly body?: string; readonly service?: string };
}

interface Part {
  readonly terms: Terms;
  /** First and last moment; of the last one, how far things had come. */
  readonly first: number;
  readonly last: number;
  readonly until: number;
}
type Both<Value> = Readonly<Record<Side, Value>>;
const bothOf = <Value>(make: (side: Side) => Value): Both<Value> => ({ best: make("best"), worst: make("worst") });
const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Levels by name, without those of times to acknowledge and to restore. */
export function naiveLevels(ledger: NaiveLedger, question: NaiveQuestion): readonly NaiveLevel[] {
  return new Assessing(ledger, question).levels().sort((a, b) => byId(a.name, b.name));
}

class Assessing {
  readonly #ledger: NaiveLedger;
  readonly #question: NaiveQuestion;
  readonly #walk: NaiveWalk;

  constructor(ledger: NaiveLedger, question: NaiveQuestion) {
    this.#ledger = ledger;
    this.#question = question;
    this.#walk = new NaiveWalk(ledger, { zone: ledger.zone, from: question.from, to: question.to, tick: question.tick });
  }

  levels(): NaiveLevel[] {
    return this.#parts().flatMap((part) => part.terms.indicators.filter(({ period }) => period === this.#question.kind).flatMap((indicator) => this.#ofIndicator(part, indicator)));
  }

  /** Both evaluations; where no time of the ledger is a band, they are one. */
  #evaluated<Value>(make: (side: Side) => Value): Both<Value> {
    const best = make("best");
    return { best, worst: this.#walk.isBanded ? make("worst") : best };
  }

  #index(t: number): number {
    return Math.round((t - this.#question.from) / this.#question.tick);
  }

  #parts(): readonly Part[] {
    const { termsAt } = this.#walk;
    return this.#ledger.terms.flatMap((terms, which) => {
      const first = termsAt.indexOf(which);
      if (first < 0) return [];
      const last = termsAt.lastIndexOf(which) + 1;
      return [{ terms, first, last, until: Math.max(first, Math.min(last, this.#index(this.#question.asOf))) }];
    });
  }

  #ofIndicator(part: Part, indicator: IndicatorTerms): NaiveLevel[] {
    const { only = {} } = this.#question;
    const services = this.#ledger.services.filter((id) => (indicator.services?.some((each) => each === id) ?? true) && (only.service ?? id) === id).toSorted(byId);
    switch (indicator.kind) {
      case "availability":
        return this.#availabilities(part, indicator, services);
      case "failures":
        return [this.#failures(part, indicator, services)];
      case "time-to-acknowledge":
      case "time-to-restore":
        return [];
    }
  }

  #availabilities(part: Part, indicator: Extract<IndicatorTerms, { kind: "availability" }>, services: readonly string[]): NaiveLevel[] {
    const look = (side: Side): Looked => ({ indicatorId: indicator.id, first: part.first, last: part.until, side });
    const having = (service: string) => this.#ledger.bodies.filter((body) => this.#hasSome(part, (index) => this.#walk.isOwed(body, service, index)));
    const whole = (service: string) => this.#evaluated((side) => this.#walk.ofService(service, part.terms.wholeService, look(side)));
    switch (indicator.per) {
      case "body-and-service":
        return services.flatMap((service) => having(service).filter(({ id }) => (this.#question.only?.body ?? id) === id)
          .map((body) => this.#availability(part, indicator, { subject: [body.id, service], sums: this.#evaluated((side) => this.#walk.ofBody(service, body, look(side))) })));
      case "service":
        return services.filter((service) => having(service).length > 0).map((service) => this.#availability(part, indicator, { subject: [service], sums: whole(service) }));
      case "contract": {
        const each = services.map(whole);
        const sums = bothOf((side) => each.reduce<Sum>((sum, { [side]: own }) => ({ agreed: sum.agreed + own.agreed, lost: plus(sum.lost, own.lost) }), { agreed: 0, lost: fraction(0) }));
        return [this.#availability(part, indicator, { subject: [], sums })];
      }
    }
  }

  #hasSome({ first, until }: Part, holds: (index: number) => boolean): boolean {
    for (let index = first; index < until; index += 1) if (holds(index)) return true;
    return false;
  }

  #availability(part: Part, indicator: Extract<IndicatorTerms, { kind: "availability" }>, { subject, sums }: { readonly subject: readonly string[]; readonly sums: Both<Sum> }): NaiveLevel {
    const agreed = [sums.best.agreed * 1000, sums.worst.agreed * 1000];
    const lost = [sums.best, sums.worst].map((sum) => times(sum.lost, fraction(1000)));
    const measured = { agreedMs: { min: Math.min(...agreed), max: Math.max(...agreed) }, downtimeMs: ordered(lost), share: null };
    const name = this.#name(part, indicator, subject);
    if (agreed.includes(0)) return this.#level({ name, indicator, part, measured, verdict: "not-assessable", penalty: null });
    // The least that may be lost of the most that may be owed, and the other way about.
    const [least = fraction(0), most = fraction(0)] = [sums.best.lost, sums.worst.lost].toSorted((a, b) => (isLess(a, b) ? -1 : 1));
    const below = minus(fraction(1), over(most, fraction(Math.min(sums.best.agreed, sums.worst.agreed))));
    const shares = [isLess(below, fraction(0)) ? fraction(0) : below, minus(fraction(1), over(least, fraction(Math.max(sums.best.agreed, sums.worst.agreed))))];
    const [low = fraction(0), high = fraction(0)] = shares.toSorted((a, b) => (isLess(a, b) ? -1 : 1)).map((share) => times(share, fraction(100)));
    const threshold = decimal(indicator.threshold);
    const misses = { best: isLess(high, threshold), worst: isLess(low, threshold) };
    const lines = (side: Side): readonly Line[] => (misses[side] && indicator.penalty !== undefined ? [this.#rated(part, indicator.penalty, { threshold, figure: side === "best" ? high : low })] : []);
    return this.#level({ name, indicator, part, measured: { ...measured, share: ordered(shares) }, verdict: verdictOf(misses), penalty: indicator.penalty === undefined || !misses.worst ? null : bothOf(lines) });
  }

  #failures(part: Part, indicator: Extract<IndicatorTerms, { kind: "failures" }>, services: readonly string[]): NaiveLevel {
    const found = this.#ledger.disruptions.filter(({ service }) => services.includes(service)).flatMap((disruption) => {
      const at = disruption.phases.find(({ degree }) => degree === "outage")?.at;
      if (at === undefined || !this.#counts(part, disruption, { at, side: "worst" }).includes(true)) return [];
      return [{ incidentId: disruption.incident, disruptionId: disruption.id, at: at[0] === at[1] ? at[0] * 1000 : { earliest: at[0] * 1000, latest: at[1] * 1000 }, certain: !this.#counts(part, disruption, { at, side: "best" }).includes(false) }];
    });
    const [least, most] = [found.filter(({ certain }) => certain).length, found.length];
    const failures = found.sort((a, b) => earliest(a.at) - earliest(b.at) || byId(a.disruptionId, b.disruptionId));
    const owedIn = (side: Side): boolean => services.some((service) => this.#walk.ofService(service, "any", { indicatorId: "", first: part.first, last: part.until, side }).agreed > 0);
    if (!owedIn("best") || !owedIn("worst")) return this.#level({ name: this.#name(part, indicator, []), indicator, part, measured: { count: { min: least, max: most }, failures }, verdict: "not-assessable", penalty: null });
    const misses = { best: least > indicator.most, worst: most > indicator.most };
    const lines = (side: Side): readonly Line[] => (misses[side] && indicator.penalty?.kind === "per-case" ? [caseLine(indicator.penalty, (side === "best" ? least : most) - indicator.most)] : []);
    return this.#level({ name: this.#name(part, indicator, []), indicator, part, measured: { count: { min: least, max: most }, failures }, verdict: verdictOf(misses), penalty: indicator.penalty === undefined || !misses.worst ? null : bothOf(lines) });
  }

  /** For each moment at which it may have begun, the latest too: whether it began in agreed time of the part that some body was owed. */
  #counts(part: Part, { service }: NaiveDisruption, { at: [from, to], side }: { readonly at: readonly [number, number]; readonly side: Side }): boolean[] {
    const agreed = this.#walk.agreed(service, undefined, side);
    return Array.from({ length: this.#index(to) - this.#index(from) + 1 }, (_, nth) => this.#index(from) + nth)
      .map((index) => index >= part.first && index < part.until && agreed[index] === 1 && this.#ledger.bodies.some((body) => this.#walk.isOwed(body, service, index)));
  }

  #rated(part: Part, penalty: PenaltyTerms, { threshold, figure }: { readonly threshold: Fraction; readonly figure: Fraction }): Line {
    const beyond = minus(threshold, figure);
    const base = penalty.kind === "per-case" ? undefined : this.#base(part, penalty.of);
    if (penalty.kind === "tiers") {
      const tier = penalty.tiers.findLast(({ below }) => isLess(figure, decimal(below)));
      return rateLine({ beyond, unit: "percent", count: tier === undefined ? 0n : 1n, rate: tier === undefined ? fraction(0) : rateOf(tier), base });
    }
    if (penalty.kind === "per-case") throw new RangeError("an availability has no cases");
    const step = decimal(penalty.step);
    let count = 0n;
    // Step by step, as one would count them by hand.
    while (penalty.counting === "commenced" ? isLess(times(step, fraction(count)), beyond) : !isLess(beyond, times(step, fraction(count + 1n)))) count += 1n;
    return rateLine({ beyond, unit: "percentage-points", count, rate: rateOf(penalty), base });
  }

  /** Exact cents; undefined where for some moment nothing is agreed in the currency of the terms. */
  #base(part: Part, of: "period-fee" | "contract-amount"): Fraction | undefined {
    const { currency } = part.terms;
    if (of === "contract-amount") {
      const end = this.#walk.timeOf(part.last);
      const amount = this.#ledger.amounts.filter((each, index) => index === 0 || each.from < end).at(-1);
      return amount?.currency === currency ? times(fraction(amount.cents), fraction(part.last - part.first, this.#walk.termsAt.length)) : undefined;
    }
    // Of each fee, how many moments it holds in each month.
    const held = this.#ledger.fees.map(() => new Map<number, number>());
    for (let index = part.first; index < part.last; index += 1) {
      const which = this.#feeAt(this.#walk.timeOf(index));
      if (this.#ledger.fees[which]?.currency !== currency) return undefined;
      const month = this.#walk.monthAt[index] ?? 0;
      held[which]?.set(month, (held[which].get(month) ?? 0) + 1);
    }
    return this.#ledger.fees.flatMap(({ cents, per }, which) => [...(held[which] ?? [])].map(([month, count]) =>
      times(fraction(cents, { month: 1, quarter: 3, year: 12 }[per]), fraction(count, this.#walk.monthAt.filter((each) => each === month).length)))).reduce(plus, fraction(0));
  }

  #feeAt(t: number): number {
    let which = -1;
    for (const { from } of this.#ledger.fees) if (from <= t) which += 1;
    return which;
  }

  #name({ terms }: Part, { id }: IndicatorTerms, subject: readonly string[]): string {
    const begins = midnight(this.#ledger.zone, terms.effectiveFrom);
    return [begins <= this.#question.from ? id : `${id}@${terms.effectiveFrom}`, ...subject].join("/");
  }

  #level({ name, indicator, part, measured, verdict, penalty }: Found): NaiveLevel {
    const base = indicator.penalty === undefined || indicator.penalty.kind === "per-case" ? undefined : indicator.penalty.of;
    const cents = base === undefined || penalty === null ? undefined : this.#base(part, base);
    const isLacking = penalty !== null && base !== undefined && cents === undefined;
    const level = { name, indicator: indicator.id, kind: indicator.kind, from: this.#walk.timeOf(part.first) * 1000, to: this.#walk.timeOf(part.last) * 1000, verdict, measured };
    if (penalty === null || isLacking) return { ...level, penalty: null };
    const sumOf = (lines: readonly Line[]): number => halfUp(lines.map(({ exact }) => exact).reduce(plus, fraction(0)));
    const json = (lines: readonly Line[]): unknown => lines.map(({ line }) => line);
    return {
      ...level,
      penalty: {
        cents: { min: sumOf(penalty.best), max: sumOf(penalty.worst) }, ...{ base: base === undefined || cents === undefined ? null : { of: base, cents: text(cents) } },
        ...{ lines: { favourable: json(penalty.best), unfavourable: json(penalty.worst) } },
      },
    };
  }
}

interface Found {
  readonly name: string;
  readonly indicator: IndicatorTerms;
  readonly part: Part;
  readonly measured: unknown;
  readonly verdict: string;
  readonly penalty: Both<readonly Line[]> | null;
}
interface Line {
  readonly exact: Fraction;
  readonly line: unknown;
}

function rateLine({ beyond, unit, count, rate, base = fraction(0) }: { readonly beyond: Fraction; readonly unit: string; readonly count: bigint; readonly rate: Fraction; readonly base: Fraction | undefined }): Line {
  const exact = times(times(base, rate), fraction(count));
  return { exact, line: { incidentId: null, beyond: text(beyond), unit, count: count.toString(), rate: text(rate), cents: text(exact) } };
}
function caseLine({ amountCents }: Extract<PenaltyTerms, { kind: "per-case" }>, cases: number): Line {
  return { exact: fraction(amountCents * cases), line: { incidentId: null, beyond: `${cases}`, unit: "cases", count: `${cases}`, rate: null, cents: `${amountCents * cases}` } };
}
function rateOf({ rate, rateIn }: { readonly rate: string; readonly rateIn: "per-mille" | "percent" }): Fraction {
  return over(decimal(rate), fraction(rateIn === "per-mille" ? 1000 : 100));
}
function verdictOf(misses: Both<boolean>): string {
  if (misses.best !== misses.worst) return "undetermined";
  return misses.best ? "breached" : "met";
}
function ordered(values: readonly Fraction[]): { readonly min: string; readonly max: string } {
  const [min = "", max = ""] = values.toSorted((a, b) => (isLess(a, b) ? -1 : 1)).map(text);
  return { min, max };
}
function earliest(at: number | { readonly earliest: number }): number {
  return typeof at === "number" ? at : at.earliest;
}
