import type { ContractId, IncidentId, Instant } from "../../kernel/brand.js";
import type { ClockState } from "../../sla/clock.js";
import { casesIn, materialOf, type CaseMaterial, type CasesOfIncidents } from "./cases.js";
import { nextFactAt } from "./facts.js";
import type { ClockQueries } from "./queries.js";
import { caseKey, nextChangeOf, readCase, type CaseReading } from "./readings.js";

/** That a clock came to stand differently. */
export interface ClockTransition {
  readonly at: Instant;
  /** Undefined where there was no such clock. */
  readonly before: ClockState | undefined;
  /** Undefined where there is none any more: what it rested on was withdrawn. */
  readonly after: ClockState | undefined;
  /** Where it stands; where there is none any more, where it stood. */
  readonly reading: CaseReading;
}

/** Which clocks are watched; all that is given must hold. */
export interface WatchFilter {
  readonly contractId?: ContractId | undefined;
  readonly incidentId?: IncidentId | undefined;
}

/** What is known of one incident, and where its clocks stand as of what was told last. */
interface Watched {
  readonly material: CaseMaterial;
  readonly readings: ReadonlyMap<string, CaseReading>;
  /** When it may stand differently without anything being recorded. */
  readonly nextAt: Instant | undefined;
}

/**
 * Follows clocks through time and through what is recorded, and tells each change of a state once and in order. It looks at no clock: `pass` says how far time has come,
 * `record` what was recorded. The same steps give the same transitions.
 */
export class ClockWatch {
  readonly #filter: WatchFilter;
  readonly #watched = new Map<IncidentId, Watched>();
  #ledger: ClockQueries;
  #told: Instant;

  /** From `from` on; how the clocks stand then is taken as told. */
  constructor(ledger: ClockQueries, from: Instant, filter: WatchFilter) {
    this.#ledger = ledger;
    this.#told = from;
    this.#filter = filter;
    for (const [id, watched] of this.#look(ledger, this.#running)) this.#watched.set(id, watched);
  }

  /** When time alone may change something next; undefined while it cannot. */
  get nextAt(): Instant | undefined {
    return [...this.#watched.values()].reduce<Instant | undefined>((first, { nextAt }) => (nextAt === undefined || (first !== undefined && first <= nextAt) ? first : nextAt), undefined);
  }

  /** What changed by time alone until `until`, that moment included. */
  pass(until: Instant): readonly ClockTransition[] {
    const changes: ClockTransition[] = [];
    for (let at = this.nextAt; at !== undefined && at <= until; at = this.nextAt) {
      this.#told = at;
      for (const [id, before] of [...this.#watched].filter(([, { nextAt }]) => nextAt === at).sort(byId)) {
        const after = this.#watchedAs(before.material);
        this.#keep(id, after);
        changes.push(...this.#compare(before, after));
      }
    }
    if (until > this.#told) this.#told = until;
    return changes;
  }

  /**
   * What changed by something that was recorded in an incident, or which may concern any (terms, services): then only clocks that are watched are compared. `ledger` is as
   * known right after it. Time must have passed up to its recording before.
   */
  record(ledger: ClockQueries, touched: IncidentId | "any"): readonly ClockTransition[] {
    if (touched !== "any" && touched !== (this.#filter.incidentId ?? touched)) {
      this.#ledger = ledger;
      return [];
    }
    const before = touched === "any" ? new Map(this.#watched) : this.#before(touched);
    const after = new Map(touched === "any" ? this.#look(ledger, this.#running) : this.#look(ledger, { kind: "named", ids: [touched] }));
    const missing = [...before.keys()].filter((id) => touched === "any" && !after.has(id));
    if (missing.length > 0) for (const [id, watched] of this.#look(ledger, { kind: "named", ids: missing })) after.set(id, watched);
    this.#ledger = ledger;
    return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
      this.#keep(id, after.get(id));
      return this.#compare(before.get(id), after.get(id));
    });
  }

  get #running(): CasesOfIncidents {
    return this.#filter.incidentId === undefined ? { kind: "not-over" } : { kind: "named", ids: [this.#filter.incidentId] };
  }

  /** An incident whose clocks have all stopped is not watched: how it stood is looked up. */
  #before(id: IncidentId): ReadonlyMap<IncidentId, Watched> {
    const watched = this.#watched.get(id);
    return watched === undefined ? this.#look(this.#ledger, { kind: "named", ids: [id] }) : new Map([[id, watched]]);
  }

  #look(ledger: ClockQueries, incidents: CasesOfIncidents): ReadonlyMap<IncidentId, Watched> {
    const { contractId } = this.#filter;
    const material = materialOf(ledger, { incidents, asOf: this.#told, contractIds: contractId === undefined ? undefined : new Set([contractId]) });
    return new Map(material.incidents.map((each) => [each.row.incidentId, this.#watchedAs({ ...material, incidents: [each] })]));
  }

  #watchedAs(material: CaseMaterial): Watched {
    const readings = casesIn(material, { incidents: { kind: "named", ids: [] }, asOf: this.#told }).map((each) => readCase(each, this.#told));
    const next = [...readings.map(nextChangeOf), ...material.incidents.map((each) => nextFactAt(each, this.#told))].filter((at) => at !== undefined);
    const [nextAt] = next.sort((a, b) => a - b);
    return { material, readings: new Map(readings.map((each) => [caseKey(each.case), each])), nextAt };
  }

  #keep(id: IncidentId, watched: Watched | undefined): void {
    const runs = watched !== undefined && (watched.nextAt !== undefined || watched.material.incidents.some(({ row }) => row.ended > this.#told));
    if (runs) this.#watched.set(id, watched);
    else this.#watched.delete(id);
  }

  #compare(before: Watched | undefined, after: Watched | undefined): readonly ClockTransition[] {
    const keys = [...new Set([...(before?.readings.keys() ?? []), ...(after?.readings.keys() ?? [])])];
    return keys.flatMap((key) => {
      const [was, is] = [before?.readings.get(key), after?.readings.get(key)];
      const reading = is ?? was;
      if (reading === undefined || was?.reading.state === is?.reading.state) return [];
      return [{ at: this.#told, before: was?.reading.state, after: is?.reading.state, reading }];
    });
  }
}

function byId<Value>([a]: readonly [IncidentId, Value], [b]: readonly [IncidentId, Value]): number {
  return a < b ? -1 : 1;
}
