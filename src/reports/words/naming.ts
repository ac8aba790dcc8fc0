import type { BodyId, ContractId, DisruptionId, IncidentId, ServiceId } from "../../kernel/brand.js";
import type { Fact } from "../../domain/record.js";

/** The payload of each type of fact. */
export type FactData = { readonly [Type in Fact["type"]]: Extract<Fact, { type: Type }>["data"] };

/** A disruption is named within its incident. */
export interface DisruptionRef {
  readonly incidentId: IncidentId;
  readonly disruptionId: DisruptionId;
}

/** What people call the things that ids stand for. */
export interface Naming {
  readonly body: (id: BodyId) => string;
  readonly service: (id: ServiceId) => string;
  readonly contract: (id: ContractId) => string;
  /** Name of the service that a disruption hits; undefined where that is not known. */
  readonly disrupted: (ref: DisruptionRef) => string | undefined;
}
/** Where no names are at hand, the ids. */
export const BY_ID: Naming = { body: (id) => id, service: (id) => id, contract: (id) => id, disrupted: () => undefined };
