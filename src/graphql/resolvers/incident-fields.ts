import type { BodyRow } from "../../../projections/rows.js";
import type { Instant } from "../../kernel/brand.js";
import type { Optional } from "../input/optional.js";
import { byName } from "../who-was-hit.js";
import { clockPauses, improvements, reportsFiled, responses } from "../views/incident-file.js";
import { clockReadingView } from "../views/clock.js";
import { bodyView } from "../views/body.js";
import { contractView } from "../views/contract.js";
import { disruptionView, type DisruptionView } from "../views/disruption.js";
import { communicationView, evidenceView, incidentView, type IncidentView } from "../views/incident.js";
import { knowledgeOfOne } from "../views/knowledge.js";
import { serviceView } from "../views/service.js";
import { entryView } from "../views/timeline.js";
import { whenOrNull } from "../views/values.js";
import { firstOf, lastOf } from "../../time/when.js";
import type { FieldResolvers } from "./resolver.js";

export const incidentFields: FieldResolvers = {
  contract: async ({ contractId, reading }: IncidentView) => {
    const row = contractId && (await reading.loaders.contract.load(contractId));
    return row && contractView(row, reading);
  },
  clocks: (incident: IncidentView) => incident,
  disruptions: async ({ id, reading }: IncidentView) => (await reading.loaders.disruptionsOfIncident.load(id)).map((row) => disruptionView(row, reading)),
  affectedBodies: async ({ id, reading }: IncidentView) => {
    const disruptions = await reading.loaders.disruptionsOfIncident.load(id);
    const hit = await Promise.all(disruptions.map((row) => reading.loaders.bodiesHitBy.load(row)));
    const once = new Map<string, BodyRow>(hit.flat().map((row) => [row.bodyId, row]));
    return [...once.values()].sort(byName).map((row) => bodyView(row, reading));
  },
  responses: async ({ id, reading }: IncidentView) => responses(await reading.loaders.timelineOfIncident.load(id)),
  communications: async ({ id, reading }: IncidentView) => (await reading.loaders.communicationsOfIncident.load(id)).map(communicationView),
  evidence: async ({ id, reading }: IncidentView) => (await reading.loaders.evidenceOfIncident.load(id)).map(evidenceView),
  improvements: async ({ id, reading }: IncidentView) => improvements(await reading.loaders.timelineOfIncident.load(id)),
  reports: async ({ id, reading }: IncidentView) => reportsFiled(await reading.loaders.timelineOfIncident.load(id)),
  timeline: async ({ id, reading }: IncidentView) => (await reading.loaders.entriesOfIncident.load(id)).map((entry) => entryView(entry, reading)),
  knowledge: ({ id, reading }: IncidentView) => knowledgeOfOne(reading, "incident", id),
};

export const clockFields: FieldResolvers = {
  supplierNotifiedAt: async ({ id, reading }: IncidentView) => {
    const said = await reading.loaders.communicationsOfIncident.load(id);
    return whenOrNull(firstOf(said.flatMap(({ kind, occurred }) => (kind === "supplier-notified" ? [occurred] : []))));
  },
  restoredAt: async ({ id, reading }: IncidentView) => {
    const disruptions = await reading.loaders.disruptionsOfIncident.load(id);
    const ends = disruptions.flatMap(({ end }) => (end === undefined ? [] : [end]));
    return ends.length < disruptions.length ? null : whenOrNull(lastOf(ends));
  },
  readings: async ({ id, reading }: IncidentView, { asOf }: { readonly asOf?: Optional<Instant> }) => {
    const readings = await reading.loaders.clocksOfIncident(asOf ?? reading.known.knowledge.instant).load(id);
    return readings.map((each) => clockReadingView(each, reading));
  },
  pauses: async ({ id, reading }: IncidentView) => clockPauses(await reading.loaders.timelineOfIncident.load(id)),
};

export const disruptionFields: FieldResolvers = {
  incident: async ({ incidentId, reading }: DisruptionView) => {
    const row = await reading.loaders.incident.load(incidentId);
    return row && incidentView(row, reading);
  },
  service: async ({ serviceId, reading }: DisruptionView) => {
    const row = await reading.loaders.service.load(serviceId);
    return row && serviceView(row, reading);
  },
  affectedBodies: async ({ row, reading }: DisruptionView) => (await reading.loaders.bodiesHitBy.load(row)).map((body) => bodyView(body, reading)),
};
