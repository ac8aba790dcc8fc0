import type { BodyId, ServiceId } from "../kernel/brand.js";
import type { DisruptionPhase, DisruptionRow } from "../../projections/rows.js";
import { hasBands, segmentsOf, type Evaluation, type Segment } from "../sla/phases.js";
import type { Hit } from "../sla/walk.js";
import type { DisruptionCause } from "./explanation.js";
import { inScope } from "./hit.js";
import type { TermsStretch, WeightUnits } from "./terms/in-force.js";

export type DisruptionHit = Hit<DisruptionCause>;

/** How far and by which weights disruptions of a service count; the same whenever a service is asked about. */
export interface HitQuestion {
  /** Until when what is open is counted, in ms. */
  readonly horizon: number;
  /** Terms, whose weights count. */
  readonly stretches: readonly TermsStretch[];
}

/** What hits one body. */
export interface BodyHits {
  /** Bodies with the same text are hit alike, at every moment. */
  readonly likeness: string;
  /** Whether the two evaluations may differ. */
  readonly banded: boolean;
  /** By disruptions of all bodies. */
  sharedIn(evaluation: Evaluation): readonly DisruptionHit[];
  /** By disruptions of which some phase names bodies. */
  ownIn(evaluation: Evaluation): readonly DisruptionHit[];
}

/** Disruptions as they hit bodies; those of all bodies are worked out once for all of them. */
export class DisruptionHits {
  readonly #disruptions: ReadonlyMap<ServiceId, readonly DisruptionRow[]>;
  readonly #kept = new Map<ServiceId, ServiceHits>();

  constructor(disruptions: ReadonlyMap<ServiceId, readonly DisruptionRow[]>) {
    this.#disruptions = disruptions;
  }

  on(bodyId: BodyId, serviceId: ServiceId, question: HitQuestion): BodyHits {
    const kept = this.#kept.get(serviceId) ?? new ServiceHits(this.#disruptions.get(serviceId) ?? [], question);
    this.#kept.set(serviceId, kept);
    return kept.on(bodyId);
  }
}

/** The hits of one service. */
class ServiceHits {
  readonly #question: HitQuestion;
  readonly #ofAll: readonly DisruptionRow[];
  /** Of which some phase names bodies. */
  readonly #ofSome: readonly DisruptionRow[];
  readonly #bandedForAll: boolean;
  readonly #onAll = new Map<Evaluation, readonly DisruptionHit[]>();

  constructor(disruptions: readonly DisruptionRow[], question: HitQuestion) {
    const namesBodies = ({ phases }: DisruptionRow): boolean => phases.some(({ scope }) => scope.kind === "bodies");
    this.#question = question;
    this.#ofAll = disruptions.filter((each) => !namesBodies(each));
    this.#ofSome = disruptions.filter(namesBodies);
    this.#bandedForAll = this.#ofAll.some(isBanded);
  }

  on(bodyId: BodyId): BodyHits {
    const own = this.#ofSome.filter(({ phases }) => phases.some(({ scope }) => inScope(scope, bodyId)));
    return {
      likeness: own.map((each) => `${orderOf(each)}\u0000${each.phases.map(({ scope }) => Number(inScope(scope, bodyId))).join("")}`).join("\u0001"),
      banded: this.#bandedForAll || own.some(isBanded),
      sharedIn: (evaluation) => this.#sharedIn(bodyId, evaluation),
      ownIn: (evaluation) => this.#hits(own, bodyId, evaluation),
    };
  }

  #sharedIn(bodyId: BodyId, evaluation: Evaluation): readonly DisruptionHit[] {
    const kept = this.#onAll.get(evaluation) ?? this.#hits(this.#ofAll, bodyId, evaluation);
    this.#onAll.set(evaluation, kept);
    return kept;
  }

  #hits(disruptions: readonly DisruptionRow[], bodyId: BodyId, evaluation: Evaluation): readonly DisruptionHit[] {
    return disruptions.flatMap((disruption) => hitsOf(disruption, bodyId, { ...this.#question, evaluation }));
  }
}

function isBanded({ phases, end }: DisruptionRow): boolean {
  return hasBands(phases.map(({ at }) => ({ at, value: undefined })), end);
}

interface Side extends HitQuestion {
  readonly evaluation: Evaluation;
}

/** One disruption as it hits one body in one evaluation, within the stretches of the terms; not yet cut to what is owed. */
export function hitsOf(disruption: DisruptionRow, bodyId: BodyId, side: Side): readonly DisruptionHit[] {
  const { incidentId, disruptionId, serviceId } = disruption;
  const order = orderOf(disruption);
  return side.stretches.flatMap((stretch) => segmentsFor(disruption, bodyId, side, stretch.units).flatMap(({ start, end, value: { phase, hit } }) => {
    const [from, to] = [Math.max(start, stretch.span.start), Math.min(end, stretch.span.end)];
    if (!hit || from >= to) return [];
    return [{
      start: from, end: to, units: stretch.units[phase.degree], order,
      cause: { incidentId, disruptionId, serviceId, degree: phase.degree, eventId: phase.eventId },
    }];
  }));
}

/** Names a disruption among hits: by its id, then its incident's; the end of an id sorts before anything that could follow it. */
export function orderOf({ incidentId, disruptionId }: Pick<DisruptionRow, "incidentId" | "disruptionId">): string {
  return `${disruptionId}\u0000${incidentId}`;
}

interface BodyPhase {
  readonly phase: DisruptionPhase;
  /** Whether the body is in its scope. */
  readonly hit: boolean;
}

/** A phase whose scope leaves the body out ranks as if there were no disruption. */
function segmentsFor({ phases, end }: DisruptionRow, bodyId: BodyId, side: Side, units: WeightUnits): Segment<BodyPhase>[] {
  const changes = phases.map((phase) => ({ at: phase.at, value: { phase, hit: inScope(phase.scope, bodyId) } }));
  return segmentsOf(changes, end, ({ phase, hit }) => (hit ? units[phase.degree] : -1), side);
}
