import type { ContractId, ServiceId } from "../../kernel/brand.js";
import type { ExclusionRow, MaintenanceRow, TermsRow } from "../../../projections/rows.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { Exclusion } from "../../sla/walk.js";
import { intersect, normalise, subtract, type Span, type SpanList } from "../../time/span.js";
import { isBand } from "../../time/when.js";
import type { Evaluations } from "../range.js";
import { exclusionsOf, type ExclusionCause } from "./excluded.js";
import { calendarOf, termsStretches, type TermsStretch } from "./in-force.js";
import type { TimeSource } from "./time-source.js";

/** When a service is owed to whoever has it, and by which terms. */
export interface ServiceTime {
  /** Terms over the span, stretch after stretch. */
  readonly stretches: readonly TermsStretch[];
  /** Service hours of the terms in force. */
  readonly hours: SpanList;
  /** What is taken out of them; without overlap, by start. */
  readonly exclusions: Evaluations<readonly Exclusion<ExclusionCause>[]>;
  /** Hours less exclusions. */
  readonly agreed: Evaluations<SpanList>;
}

/** What the time of services is worked out from. */
export interface TimeMaterial {
  readonly knowledge: Knowledge;
  readonly time: TimeSource;
  readonly terms: ReadonlyMap<ContractId, readonly TermsRow[]>;
  readonly exclusions: ReadonlyMap<ContractId, readonly ExclusionRow[]>;
  readonly maintenance: ReadonlyMap<ServiceId, readonly MaintenanceRow[]>;
}

/** The time of services within spans, each worked out once. */
export class ServiceTimes {
  readonly #material: TimeMaterial;
  readonly #kept = new Map<string, ServiceTime>();

  constructor(material: TimeMaterial) {
    this.#material = material;
  }

  /** `indicatorId`: by the hours that this indicator names in each document that has it, in place of those by which the service is owed. */
  of(service: { readonly serviceId: ServiceId; readonly contractId: ContractId }, within: Span, indicatorId?: string): ServiceTime {
    const key = `${service.serviceId}/${within.start}/${within.end}/${indicatorId ?? ""}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = this.#make(service, within, indicatorId);
    this.#kept.set(key, made);
    return made;
  }

  #make({ serviceId, contractId }: { readonly serviceId: ServiceId; readonly contractId: ContractId }, within: Span, indicatorId: string | undefined): ServiceTime {
    const { time, terms, exclusions, maintenance, knowledge } = this.#material;
    const stretches = termsStretches(terms.get(contractId) ?? [], within);
    const hours = normalise(stretches.flatMap((stretch) => hoursIn(stretch, time, stretch.row && calendarOf(stretch.row.terms, serviceId, indicatorId))));
    const windows = maintenance.get(serviceId) ?? [];
    const from = { serviceId, contractId, hours, stretches, maintenance: windows, granted: exclusions.get(contractId) ?? [], knowledge, time };
    const favourable = exclusionsOf(from, "favourable");
    const isBanded = windows.some(({ cancelled }) => cancelled !== undefined && isBand(cancelled));
    const unfavourable = isBanded ? exclusionsOf(from, "unfavourable") : favourable;
    const less = (excluded: readonly Exclusion<ExclusionCause>[]): SpanList => subtract(hours, normalise(excluded.map((each) => each.span)));
    const agreed = less(favourable);
    return { stretches, hours, exclusions: { favourable, unfavourable }, agreed: { favourable: agreed, unfavourable: isBanded ? less(unfavourable) : agreed } };
  }
}

/** Around the clock where there are no terms, or they name no hours for the service. */
function hoursIn({ row, span }: TermsStretch, time: TimeSource, calendar: string | undefined): SpanList {
  return row === undefined || calendar === undefined ? [span] : intersect(time.hours(row, calendar, span), [span]);
}
