import type { BodyId, ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { DisruptionRow } from "../../projections/rows.js";
import type { Naming } from "../reports/words/naming.js";

/** What the ledger calls things, each looked up once; the id where it does not know them. */
export function namesIn(known: Pick<KnownLedger, "bodies" | "services" | "contracts" | "disruptionsOfIncidents">): Naming {
  const [bodies, services, contracts] = [new Map<BodyId, string>(), new Map<ServiceId, string>(), new Map<ContractId, string>()];
  const disruptions = new Map<IncidentId, readonly DisruptionRow[]>();
  const service = (id: ServiceId): string => kept(services, id, () => known.services([id]).get(id)?.name ?? id);
  return {
    body: (id) => kept(bodies, id, () => known.bodies([id]).get(id)?.name ?? id),
    service,
    contract: (id) => kept(contracts, id, () => known.contracts([id]).get(id)?.title ?? id),
    disrupted: ({ incidentId, disruptionId }) => {
      const row = kept(disruptions, incidentId, () => known.disruptionsOfIncidents([incidentId]).get(incidentId) ?? []).find((each) => each.disruptionId === disruptionId);
      return row === undefined ? undefined : service(row.serviceId);
    },
  };
}

function kept<Id extends string, Value>(known: Map<Id, Value>, id: Id, look: () => Value): Value {
  const value = known.get(id) ?? look();
  known.set(id, value);
  return value;
}
