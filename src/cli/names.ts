import type { BodyId, ContractId, ServiceId } from "../kernel/brand.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { Naming } from "../reports/words/naming.js";

/** What the ledger calls things, each looked up once; the id where it does not know them. */
export function namesIn(known: Pick<KnownLedger, "bodies" | "services" | "contracts">): Naming {
  const [bodies, services, contracts] = [new Map<BodyId, string>(), new Map<ServiceId, string>(), new Map<ContractId, string>()];
  return {
    body: (id) => kept(bodies, id, () => known.bodies([id]).get(id)?.name),
    service: (id) => kept(services, id, () => known.services([id]).get(id)?.name),
    contract: (id) => kept(contracts, id, () => known.contracts([id]).get(id)?.title),
  };
}

function kept<Id extends string>(names: Map<Id, string>, id: Id, look: () => string | undefined): string {
  const name = names.get(id) ?? look() ?? id;
  names.set(id, name);
  return name;
}
