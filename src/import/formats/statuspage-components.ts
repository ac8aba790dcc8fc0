import { bodyId, serviceId, type BodyId, type Instant, type ServiceId } from "../../kernel/brand.js";
import type { Scope } from "../../domain/values.js";
import type { Reading, ReaderSettings } from "../case.js";
import { idPart, oneLine } from "../names.js";
import type { Place } from "../notes.js";
import type { FirstNeed, Site } from "./reading.js";

/** A component of a page as the ledger knows it: a service, and the bodies that have it. */
export interface Component {
  /** Stable within its page. */
  readonly key: string;
  readonly name: string;
  readonly serviceId: ServiceId;
  readonly serviceName: string;
  readonly bodies: readonly { readonly bodyId: BodyId; readonly name: string }[];
  readonly scope: Scope;
}

interface Named {
  readonly id?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly name: string;
}

/** A component by the mapping of the settings, by its name or id; without one it is a service of its own that the page's one body has. */
export function componentOf(named: Named, settings: ReaderSettings, site: Site): Component {
  const key = named.code ?? named.id ?? named.name;
  const name = oneLine(named.name);
  const components = settings.mapping?.components ?? {};
  const mapped = Object.hasOwn(components, named.name) ? components[named.name] : Object.hasOwn(components, key) ? components[key] : undefined;
  const bodies = (mapped?.bodies ?? []).map((body) => ({ bodyId: bodyId(idPart(body)), name: bodyName(body, settings) }));
  const own = mapped?.service === undefined ? site.serviceOf(key) : serviceId(idPart(mapped.service));
  return {
    key: idPart(key),
    name,
    serviceId: own,
    serviceName: mapped?.service ?? name,
    bodies: bodies.length === 0 ? [{ bodyId: site.bodyId, name: site.name }] : bodies,
    scope: bodies.length === 0 ? { kind: "all" } : { kind: "bodies", bodyIds: bodies.map((body) => body.bodyId) },
  };
}

function bodyName(id: string, settings: ReaderSettings): string {
  const names = settings.mapping?.bodies ?? {};
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? id;
}

/** What must exist for a component's disruptions to count. */
export function* componentNeeds(component: Component, site: Site, needs: FirstNeed, at: { readonly place: Place; readonly recordedAt: Instant }): Generator<Reading> {
  const { serviceId: service, serviceName } = component;
  yield* needs.of({ kind: "contract", contractId: site.contractId, title: site.name, supplier: site.name }, at.place, at.recordedAt);
  yield* needs.of({ kind: "service", serviceId: service, name: serviceName, contractId: site.contractId }, at.place, at.recordedAt);
  for (const body of component.bodies) {
    yield* needs.of({ kind: "body", ...body, workstations: 1 }, at.place, at.recordedAt);
    yield* needs.of({ kind: "adoption", serviceId: service, bodyId: body.bodyId }, at.place, at.recordedAt);
  }
}
