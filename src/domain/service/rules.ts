import type { BodyId, Instant } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import type { ServiceEvent } from "./events.js";

interface Adoption {
  readonly from: Instant;
  /** Absent while the body still has the service. */
  readonly until?: Instant;
}
export type ServiceState =
  | { readonly status: "unknown" }
  /** The latest adoption of each body: an earlier one ended before it began. */
  | { readonly status: "catalogued"; readonly adoptions: ReadonlyMap<BodyId, Adoption> };

const TYPES: ReadonlySet<string> = new Set<ServiceEvent["type"]>(["ServiceCatalogued", "ServiceAdopted", "ServiceDropped"]);

function owns(fact: Fact): fact is ServiceEvent {
  return TYPES.has(fact.type);
}

function admit(state: ServiceState, fact: ServiceEvent): Refusal | undefined {
  const { serviceId } = fact.data;
  if (fact.type === "ServiceCatalogued") {
    if (state.status === "unknown") return undefined;
    return { code: "ID_ALREADY_USED", field: "serviceId", params: { serviceId }, message: `the service ${serviceId} is catalogued already; correct its record, or choose another id` };
  }
  if (state.status === "unknown") {
    return { code: "NOT_FOUND", field: "serviceId", params: { serviceId }, message: `no service ${serviceId} is catalogued; catalogue it first (CatalogueService)` };
  }
  return fact.type === "ServiceAdopted" ? admitAdoption(state.adoptions, fact.data) : admitDrop(state.adoptions, fact.data);
}

function admitAdoption(adoptions: ReadonlyMap<BodyId, Adoption>, data: ServiceEvent["data"] & { bodyId: BodyId }): Refusal | undefined {
  const last = adoptions.get(data.bodyId);
  if (last === undefined) return undefined;
  const params = { serviceId: data.serviceId, bodyId: data.bodyId };
  if (last.until === undefined) {
    return { code: "WRONG_STATE", field: "bodyId", params, message: `${data.bodyId} has adopted ${data.serviceId} already; correct that record if its date is wrong` };
  }
  if (data.effectiveFrom < last.until) {
    return { code: "OUT_OF_ORDER", field: "effectiveFrom", params, message: `${data.bodyId} dropped ${data.serviceId} later than that; it can adopt it again only from then on` };
  }
  return undefined;
}

function admitDrop(adoptions: ReadonlyMap<BodyId, Adoption>, data: ServiceEvent["data"] & { bodyId: BodyId }): Refusal | undefined {
  const last = adoptions.get(data.bodyId);
  const params = { serviceId: data.serviceId, bodyId: data.bodyId };
  if (last === undefined || last.until !== undefined) {
    return { code: "WRONG_STATE", field: "bodyId", params, message: `${data.bodyId} does not have ${data.serviceId}; there is nothing to drop` };
  }
  if (data.effectiveFrom < last.from) {
    return { code: "END_BEFORE_START", field: "effectiveFrom", params, message: `${data.bodyId} cannot drop ${data.serviceId} before it adopted it` };
  }
  return undefined;
}

function evolve(state: ServiceState, fact: ServiceEvent): ServiceState {
  if (fact.type === "ServiceCatalogued") return { status: "catalogued", adoptions: new Map() };
  if (state.status === "unknown") return state;
  const { bodyId, effectiveFrom } = fact.data;
  const adoptions = new Map(state.adoptions);
  if (fact.type === "ServiceAdopted") adoptions.set(bodyId, { from: effectiveFrom });
  else adoptions.set(bodyId, { from: state.adoptions.get(bodyId)?.from ?? effectiveFrom, until: effectiveFrom });
  return { status: "catalogued", adoptions };
}

/** A service (servizio) and which bodies have it from when to when. */
export const serviceRules: Aggregate<ServiceState, ServiceEvent> = { owns, initial: { status: "unknown" }, admit, evolve };
