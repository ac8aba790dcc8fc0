import DataLoader from "dataloader";
import type { BodyId, ContractId, EventId, IncidentId, Position, ServiceId } from "../kernel/brand.js";
import type {
  AdoptionRow, AgreementRow, BodyRow, CommunicationRow, ContractRow, DisruptionRow, EvidenceRow, IncidentRow, MaintenanceRow, ServiceRow,
  TimelineRow, WorkstationsRow,
} from "../../projections/rows.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";

/** One row by its id; undefined where there is none. */
export type One<Id, Row> = DataLoader<Id, Row | undefined>;
/** The rows that belong to an id. */
export type Many<Id, Row> = DataLoader<Id, readonly Row[]>;

/** What the objects of one reading load of each other, each kind in one statement for all that ask at the same time. */
export interface Loaders {
  readonly body: One<BodyId, BodyRow>;
  readonly service: One<ServiceId, ServiceRow>;
  readonly contract: One<ContractId, ContractRow>;
  readonly incident: One<IncidentId, IncidentRow>;
  readonly positionOf: One<EventId, Position>;
  readonly workstationsOfBody: Many<BodyId, WorkstationsRow>;
  readonly adoptionsOfBody: Many<BodyId, AdoptionRow>;
  readonly adoptionsOfService: Many<ServiceId, AdoptionRow>;
  readonly servicesOfContract: Many<ContractId, ServiceRow>;
  readonly agreementsOfContract: Many<ContractId, AgreementRow>;
  readonly maintenanceOfContract: Many<ContractId, MaintenanceRow>;
  readonly disruptionsOfIncident: Many<IncidentId, DisruptionRow>;
  readonly timelineOfIncident: Many<IncidentId, TimelineRow>;
  readonly communicationsOfIncident: Many<IncidentId, CommunicationRow>;
  readonly evidenceOfIncident: Many<IncidentId, EvidenceRow>;
}

/** Loaders for one reading. They keep what they loaded as long as the reading lasts: one request. */
export function createLoaders(known: KnownLedger): Loaders {
  return {
    body: one((ids) => known.bodies(ids)),
    service: one((ids) => known.services(ids)),
    contract: one((ids) => known.contracts(ids)),
    incident: one((ids) => known.incidents(ids)),
    positionOf: one((ids) => known.positionsOf(ids)),
    workstationsOfBody: many((ids) => known.workstationsOfBodies(ids)),
    adoptionsOfBody: many((ids) => known.adoptionsOfBodies(ids)),
    adoptionsOfService: many((ids) => known.adoptionsOfServices(ids)),
    servicesOfContract: many((ids) => known.servicesOfContracts(ids)),
    agreementsOfContract: many((ids) => known.agreementsOfContracts(ids)),
    maintenanceOfContract: many((ids) => known.maintenanceOfContracts(ids)),
    disruptionsOfIncident: many((ids) => known.disruptionsOfIncidents(ids)),
    timelineOfIncident: many((ids) => known.timelineOfIncidents(ids)),
    communicationsOfIncident: many((ids) => known.communicationsOfIncidents(ids)),
    evidenceOfIncident: many((ids) => known.evidenceOfIncidents(ids)),
  };
}

/** Batches `load` for single rows. */
export function one<Id, Row>(load: (ids: readonly Id[]) => ReadonlyMap<Id, Row>): One<Id, Row> {
  return new DataLoader((ids) => settle(() => load(ids), (rows) => ids.map((id) => rows.get(id))));
}
/** Batches `load` for lists of rows; an id without rows has an empty list. */
export function many<Id, Row>(load: (ids: readonly Id[]) => ReadonlyMap<Id, readonly Row[]>): Many<Id, Row> {
  return new DataLoader((ids) => settle(() => load(ids), (rows) => ids.map((id) => rows.get(id) ?? [])));
}

/** The read model answers at once or throws; a data loader wants a promise of either. */
async function settle<Rows, Out>(load: () => Rows, out: (rows: Rows) => Out): Promise<Out> {
  await Promise.resolve();
  return out(load());
}
