import type { BodyId, ContractId, ServiceId } from "../../kernel/brand.js";
import type { Fact } from "../../domain/record.js";

/** The payload of each type of fact. */
export type FactData = { readonly [Type in Fact["type"]]: Extract<Fact, { type: Type }>["data"] };

/** What people call the things that ids stand for. */
export interface Naming {
  readonly body: (id: BodyId) => string;
  readonly service: (id: ServiceId) => string;
  readonly contract: (id: ContractId) => string;
}
/** Where no names are at hand, the ids. */
export const BY_ID: Naming = { body: (id) => id, service: (id) => id, contract: (id) => id };
