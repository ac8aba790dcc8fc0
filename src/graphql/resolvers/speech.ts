import type { BodyId, ContractId, ServiceId, ZoneId } from "../../kernel/brand.js";
import type { Fact } from "../../domain/record.js";
import type { DisruptionRow } from "../../../projections/rows.js";
import type { Language } from "../../reports/words/languages.js";
import type { Naming } from "../../reports/words/naming.js";
import type { Loaders } from "../loaders.js";
import type { Reading } from "../reading.js";

/** Arguments of the fields that say something to a person. */
export interface SpeechArgs {
  readonly language: Language;
  readonly zone: ZoneId;
}

interface Named {
  readonly bodies: readonly BodyId[];
  readonly services: readonly ServiceId[];
  readonly contracts: readonly ContractId[];
}

/** The things that a fact names by their ids. */
function namedIn({ data }: Fact): Named {
  return {
    bodies: [...("bodyId" in data ? [data.bodyId] : []), ...("scope" in data && data.scope.kind === "bodies" ? data.scope.bodyIds : [])],
    services: [...("serviceId" in data ? [data.serviceId] : []), ...("serviceIds" in data ? data.serviceIds : [])],
    contracts: "contractId" in data && data.contractId !== undefined ? [data.contractId] : [],
  };
}

/** What people call the things that a fact names; the id where the ledger does not know them. */
export async function namesIn(fact: Fact, { loaders }: Reading): Promise<Naming> {
  const named = namedIn(fact);
  const disruption = await disruptionNamedIn(fact, loaders);
  const [bodies, services, contracts] = await Promise.all([
    Promise.all(named.bodies.map((id) => loaders.body.load(id))),
    Promise.all([...named.services, ...(disruption === undefined ? [] : [disruption.serviceId])].map((id) => loaders.service.load(id))),
    Promise.all(named.contracts.map((id) => loaders.contract.load(id))),
  ]);
  const names = new Map<string, string>([
    ...bodies.flatMap((row) => (row === undefined ? [] : [[`body ${row.bodyId}`, row.name] as const])),
    ...services.flatMap((row) => (row === undefined ? [] : [[`service ${row.serviceId}`, row.name] as const])),
    ...contracts.flatMap((row) => (row === undefined ? [] : [[`contract ${row.contractId}`, row.title] as const])),
  ]);
  const nameOf = (kind: string) => (id: string): string => names.get(`${kind} ${id}`) ?? id;
  return { body: nameOf("body"), service: nameOf("service"), contract: nameOf("contract"), disrupted: () => (disruption === undefined ? undefined : nameOf("service")(disruption.serviceId)) };
}

/** The disruption that a fact names without the service it hits. */
async function disruptionNamedIn({ data }: Fact, loaders: Loaders): Promise<DisruptionRow | undefined> {
  if (!("disruptionId" in data) || "serviceId" in data) return undefined;
  const { incidentId, disruptionId } = data;
  const rows = await loaders.disruptionsOfIncident.load(incidentId);
  return rows.find((row) => row.disruptionId === disruptionId);
}
