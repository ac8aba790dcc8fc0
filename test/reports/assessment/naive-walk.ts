import type { IndicatorTerms } from "../../../src/domain/terms/indicators.js";
import type { Terms } from "../../../src/domain/terms/terms.js";
import { dateText, dayOf, midnight, wallOf } from "./naive-clock.js";
import { fraction, plus, type Fraction } from "./naive-exact.js";
import { countOf, openAt, secondsOf, windowAt, type Marks, type Moments } from "./naive-hours.js";
import type { Either, From, NaiveBody, NaiveDisruption, NaiveLedger, NaiveMaintenance } from "./naive-ledger.js";

/** The evaluation most favourable to the supplier, and the least. */
export type Side = "best" | "worst";
/** Agreed time in seconds, and what was lost of it, in seconds. */
export interface Sum {
  readonly agreed: number;
  readonly lost: Fraction;
}

function inside(spans: readonly From[], t: number): boolean {
  for (const [from, to] of spans) if (from <= t && t < to) return true;
  return false;
}

/**
 * The second implementation of what is owed and what is lost: looks at every moment of a period on its own, in the order of time, as domain.md says it ("Impact and
 * availability"). No spans are cut, joined or taken from each other.
 */
export class NaiveWalk {
  readonly #ledger: NaiveLedger;
  readonly #moments: Moments;
  /** The document in force at each moment, or −1. */
  readonly termsAt: Int16Array;
  /** The calendar month of each moment: year × 12 + month. */
  readonly monthAt: Int32Array;
  /** Whether some time is known as a band only. */
  readonly isBanded: boolean;
  readonly #kept = new Map<string, Marks>();
  readonly #disruptions = new Map<string, readonly NaiveDisruption[]>();

  constructor(ledger: NaiveLedger, moments: Moments) {
    this.#ledger = ledger;
    this.#moments = moments;
    const count = countOf(moments);
    const isBand = (time: Either | undefined): boolean => time !== undefined && time[0] !== time[1];
    this.isBanded = ledger.services.some((service) => this.#disruptionsOf(service).some(({ phases, end }) => isBand(end) || phases.some(({ at }) => isBand(at)))) || ledger.maintenance.some(({ cancelled }) => isBand(cancelled));
    const begins = ledger.terms.map(({ effectiveFrom }) => midnight(ledger.zone, effectiveFrom));
    this.termsAt = new Int16Array(count);
    this.monthAt = new Int32Array(count);
    const months = new Map<number, number>();
    for (let index = 0; index < count; index += 1) {
      const t = this.timeOf(index);
      let which = -1;
      for (const begin of begins) if (begin <= t) which += 1;
      this.termsAt[index] = which;
      const day = dayOf(wallOf(ledger.zone, t));
      if (!months.has(day)) months.set(day, Number(dateText(day).slice(0, 4)) * 12 + Number(dateText(day).slice(5, 7)));
      this.monthAt[index] = months.get(day) ?? 0;
    }
  }

  timeOf(index: number): number {
    return this.#moments.from + index * this.#moments.tick;
  }

  /** Those that may go on at some moment of the period. */
  #disruptionsOf(service: string): readonly NaiveDisruption[] {
    const known = this.#disruptions.get(service);
    if (known !== undefined) return known;
    const { from, to } = this.#moments;
    const own = this.#ledger.disruptions.filter((each) => each.service === service && (each.phases[0]?.at[0] ?? Infinity) < to && (each.end === undefined || each.end[1] > from));
    this.#disruptions.set(service, own);
    return own;
  }

  #once(key: string, make: () => Marks): Marks {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = make();
    this.#kept.set(key, made);
    return made;
  }

  /** Whether the body, a member, has the service adopted at a moment. */
  isOwed({ member, adopted }: NaiveBody, service: string, index: number): boolean {
    const t = this.timeOf(index);
    return inside(member, t) && inside(adopted.get(service) ?? [], t);
  }

  #isOwedToSome(service: string, index: number): boolean {
    for (const body of this.#ledger.bodies) if (this.isOwed(body, service, index)) return true;
    return false;
  }

  /** Whether the service is agreed for whoever has it, by the hours that the indicator names in the document in force; where it is not in it, by the service's own. */
  agreed(service: string, indicatorId: string | undefined, side: Side): Marks {
    return this.#once(`agreed ${service} ${indicatorId ?? ""} ${side}`, () => {
      const marks = new Uint8Array(this.termsAt.length);
      const excludedIn = new Map<number, number>();
      const hours = this.#ledger.terms.map((terms, which) => this.#open(which, calendarFor(terms, service, indicatorId)));
      const windows = this.#ledger.terms.map((terms, which) => this.#windows(which, terms, service));
      const granted = this.#ledger.granted.filter(({ services }) => services.includes(service)).flatMap(({ spans }) => spans);
      const announced = this.#ledger.maintenance.filter(({ services }) => services.includes(service));
      for (let index = 0; index < marks.length; index += 1) {
        const which = this.termsAt[index] ?? -1;
        const terms = this.#ledger.terms[which];
        if (hours[which]?.[index] === 0) continue;
        if (inside(granted, this.timeOf(index))) continue;
        if (anyHolds(windows[which] ?? [], index) || this.#announced(index, announced, side)) {
          const month = this.monthAt[index] ?? 0;
          const before = excludedIn.get(month) ?? 0;
          const most = terms?.maintenance.atMostPerMonth;
          if (most === undefined || before < secondsOf(most)) {
            excludedIn.set(month, before + this.#moments.tick);
            continue;
          }
        }
        marks[index] = 1;
      }
      return marks;
    });
  }

  #open(which: number, calendar: string | undefined): Marks {
    return this.#once(`open ${which} ${calendar ?? ""}`, () => {
      const terms = this.#ledger.terms[which];
      const named = calendar === undefined ? undefined : terms?.calendars[calendar];
      return terms === undefined || named === undefined ? new Uint8Array(this.termsAt.length).fill(1) : openAt(terms, named, this.#moments);
    });
  }

  /** Windows of a document that need no announcement. */
  #windows(which: number, { maintenance }: Terms, service: string): readonly Marks[] {
    const own = (maintenance.windows ?? []).filter(({ services }) => services?.some((id) => id === service) ?? true);
    return own.map((window) => this.#once(`window ${which} ${window.name}`, () => windowAt(window, this.#moments)));
  }

  /** Whether maintenance that was announced in time goes on, and the terms take it out. */
  #announced(index: number, announced: readonly NaiveMaintenance[], side: Side): boolean {
    if (announced.length === 0) return false;
    const rules = this.#ledger.terms[this.termsAt[index] ?? -1]?.maintenance;
    if (rules?.announced === "counted") return false;
    const t = this.timeOf(index);
    for (const { window, recordedAt, cancelled } of announced) {
      if (t < window[0] || t >= window[1]) continue;
      const notice = rules?.notice === undefined ? 0 : secondsOf(rules.notice);
      if (recordedAt >= window[0] || recordedAt + notice > window[0]) continue;
      if (cancelled === undefined || t < (side === "best" ? cancelled[1] : cancelled[0])) return true;
    }
    return false;
  }

  /** Thousandths of each degree at a moment. */
  unitsIn(index: number): ReturnType<typeof unitsOf> {
    return unitsOf(this.#ledger.terms[this.termsAt[index] ?? -1]);
  }

  /** The largest weight, in thousandths, that the service has for the body at a moment. */
  weight(service: string, body: string, index: number, side: Side): number {
    const t = this.timeOf(index);
    let most = 0;
    for (const disruption of this.#disruptionsOf(service)) {
      if (!mayGoOn(disruption, t)) continue;
      most = Math.max(most, unitsAt(disruption, { body, t, side, units: this.unitsIn(index) }));
    }
    return most;
  }

  /** One service for one body over some moments. */
  ofBody(service: string, body: NaiveBody, { indicatorId, first, last, side }: Looked): Sum {
    const agreed = this.agreed(service, indicatorId, side);
    let [moments, lost] = [0, 0];
    for (let index = first; index < last; index += 1) {
      if (agreed[index] === 0 || !this.isOwed(body, service, index)) continue;
      moments += 1;
      lost += this.weight(service, body.id, index, side);
    }
    return this.#sum(moments, fraction(lost, 1000));
  }

  /** One service over the bodies that are owed it at each moment. */
  ofService(service: string, mode: Terms["wholeService"], { indicatorId, first, last, side }: Looked): Sum {
    const agreed = this.agreed(service, indicatorId, side);
    const { bodies } = this.#ledger;
    const disruptions = this.#disruptionsOf(service);
    const lost = new Map<number, number>();
    let moments = 0;
    for (let index = first; index < last; index += 1) {
      if (agreed[index] === 0) continue;
      if (!this.#isOwedToSome(service, index)) continue;
      moments += 1;
      const t = this.timeOf(index);
      if (!anyMayGoOn(disruptions, t)) continue;
      const weights = bodies.filter((body) => this.isOwed(body, service, index)).map((body) => ({ units: this.weight(service, body.id, index, side), workstations: workstationsOf(body, t) }));
      if (weights.every(({ units }) => units === 0)) continue;
      const [numerator, denominator] = weighed(mode, weights);
      lost.set(denominator, (lost.get(denominator) ?? 0) + numerator);
    }
    return this.#sum(moments, [...lost].map(([denominator, numerator]) => fraction(numerator, denominator * 1000)).reduce(plus, fraction(0)));
  }

  #sum(moments: number, lost: Fraction): Sum {
    const { tick } = this.#moments;
    return { agreed: moments * tick, lost: fraction(lost[0] * BigInt(tick), lost[1]) };
  }
}

/** Which moments are looked at, from index to index, how. */
export interface Looked {
  readonly indicatorId: string | undefined;
  readonly first: number;
  readonly last: number;
  readonly side: Side;
}

type Availability = Extract<IndicatorTerms, { kind: "availability" }>;

/** The calendar of the indicator if the document has it for the service; else that of the first availability that is about the service; else none: around the clock. */
function calendarFor({ indicators }: Terms, service: string, indicatorId: string | undefined): string | undefined {
  const about = indicators.filter((each): each is Availability => each.kind === "availability" && (each.services?.some((id) => id === service) ?? true));
  return (about.find(({ id }) => id === indicatorId) ?? about[0])?.calendar;
}

function unitsOf(terms: Terms | undefined): Readonly<Record<"outage" | "partial" | "degraded", number>> {
  const thousandths = (text: string): number => Math.round(Number(text) * 1000);
  return { outage: 1000, partial: thousandths(terms?.weights?.partial ?? "0.5"), degraded: thousandths(terms?.weights?.degraded ?? "0") };
}

function anyMayGoOn(disruptions: readonly NaiveDisruption[], t: number): boolean {
  for (const each of disruptions) if (mayGoOn(each, t)) return true;
  return false;
}
function anyHolds(all: readonly Marks[], index: number): boolean {
  for (const marks of all) if (marks[index] === 1) return true;
  return false;
}
function mayGoOn({ phases, end }: NaiveDisruption, t: number): boolean {
  return t >= (phases[0]?.at[0] ?? Infinity) && (end === undefined || t < end[1]);
}

/** Thousandths of one disruption for a body at `t`, or −1 while it does not hit: of the phases that may hold then, the best or the worst. */
export function unitsAt({ phases, end }: NaiveDisruption, { body, t, side, units }: { readonly body: string; readonly t: number; readonly side: Side; readonly units: ReturnType<typeof unitsOf> }): number {
  let found: number | undefined;
  for (let nth = -1; nth <= phases.length; nth += 1) {
    const phase = phases[nth];
    const since = nth < 0 ? -Infinity : (phase?.at[0] ?? end?.[0] ?? Infinity);
    const until = nth + 1 < phases.length ? (phases[nth + 1]?.at[1] ?? Infinity) : nth + 1 === phases.length && end !== undefined ? end[1] : Infinity;
    if (since > t || t >= until) continue;
    const own = phase !== undefined && (phase.hits?.includes(body) ?? true) ? units[phase.degree] : -1;
    if (found === undefined || (side === "best" ? own < found : own > found)) found = own;
  }
  return found ?? -1;
}

export function workstationsOf({ workstations }: NaiveBody, t: number): number {
  return workstations.findLast(([from]) => from <= t)?.[1] ?? 0;
}

/** Thousandths over a denominator. */
function weighed(mode: Terms["wholeService"], weights: readonly { readonly units: number; readonly workstations: number }[]): readonly [numerator: number, denominator: number] {
  const units = weights.map((each) => each.units);
  switch (mode) {
    case "any":
      return [Math.max(...units), 1];
    case "all":
      return [Math.min(...units), 1];
    case "mean": {
      const total = weights.reduce((sum, { workstations }) => sum + workstations, 0);
      return total === 0 ? [units.reduce((a, b) => a + b, 0), units.length] : [weights.reduce((sum, each) => sum + each.units * each.workstations, 0), total];
    }
  }
}
