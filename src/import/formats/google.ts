import type { Instant, ServiceId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { Scope } from "../../domain/values.js";
import { DEGREES } from "../../domain/values.js";
import { SEVERITIES } from "../../domain/incident/events.js";
import type { Case, CaseEntry, CaseIncident, Reading, ReaderSettings } from "../case.js";
import type { Effect } from "../mapping.js";
import { idPart, oneLine } from "../names.js";
import { atPath, mend, problem, type Note } from "../notes.js";
import { googleIncidentSchema, locationsOf, productsOf, type GoogleIncident, type GoogleUpdate } from "./google-document.js";
import { parseDocument } from "./json-document.js";
import { looseTime } from "./loose-time.js";
import { FirstNeed, siteOf, textOf, type Site } from "./reading.js";

const EFFECTS: Readonly<Record<string, Effect>> = { SERVICE_OUTAGE: "outage", SERVICE_DISRUPTION: "partial", SERVICE_INFORMATION: "degraded" };

/** An incident whose times could be read. */
interface Timed {
  readonly path: string;
  readonly incident: GoogleIncident;
  readonly begin: Instant;
  readonly end?: Instant;
  readonly created: Instant;
  readonly modified: Instant;
}

/**
 * Google Cloud's incidents.json. A product is a service and a location a body; incidents are taken in the order in which they were declared, so that each
 * product and location is known from the first incident that names it. Throws LedgerError INVALID_INPUT when the document is not a list.
 */
export function* readGoogle(text: string, settings: ReaderSettings): Generator<Reading> {
  const document = parseDocument(text);
  if (!Array.isArray(document)) throw new LedgerError({ code: "INVALID_INPUT", message: "the file is not a list of incidents; nothing of it was taken" });
  const site = siteOf(settings, "google-cloud", "Google Cloud");
  const incidents: Timed[] = [];
  const seen = new Set<string>();
  for (const [index, value] of document.entries()) {
    const path = `[${index}]`;
    const read = readTimes(path, value);
    if (read.incident !== undefined && seen.has(read.incident.incident.id)) {
      yield problem(atPath(path), "ID_ALREADY_USED", `the incident ${read.incident.incident.id} stands in the file already; this one was not taken`);
      continue;
    }
    yield* read.notes;
    if (read.incident === undefined) continue;
    seen.add(read.incident.incident.id);
    incidents.push(read.incident);
  }
  incidents.sort((a, b) => a.created - b.created);
  yield* catalogueOf(incidents, site);
  for (const timed of incidents) yield* readIncident(timed, settings, site);
}

function readTimes(path: string, value: unknown): { readonly incident?: Timed; readonly notes: readonly Note[] } {
  const parsed = googleIncidentSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { notes: [problem(atPath(path), "INVALID_INPUT", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}; the incident was not taken`)] };
  }
  const incident = parsed.data;
  const [begin, created, modified] = [incident.begin, incident.created, incident.modified].map((text) => looseTime(text)?.instant);
  if (begin === undefined || created === undefined || modified === undefined) {
    return { notes: [problem(atPath(path), "INVALID_TIME", "begin, created or modified is not a time; the incident was not taken")] };
  }
  const times = { path, incident, begin, created, modified };
  if (typeof incident.end !== "string") return { incident: times, notes: [] };
  const end = looseTime(incident.end)?.instant;
  if (end === undefined) return { incident: times, notes: [problem(atPath(`${path}.end`), "INVALID_TIME", `${JSON.stringify(incident.end)} is not a time; the end was not taken`)] };
  if (end < begin) return { incident: times, notes: [problem(atPath(`${path}.end`), "END_BEFORE_START", `the end ${incident.end} lies before the begin ${incident.begin} and was not taken`)] };
  return { incident: { ...times, end }, notes: [] };
}

/** Every product and location of the file; every location adopts every product. */
function* catalogueOf(incidents: readonly Timed[], site: Site): Generator<Reading> {
  const needs = new FirstNeed();
  const services = new Map<ServiceId, Instant>();
  const bodies = new Map<ReturnType<Site["bodyOf"]>, Instant>();
  for (const { incident, created, path } of incidents) {
    const place = atPath(path);
    yield* needs.of({ kind: "contract", contractId: site.contractId, title: site.name, supplier: site.name }, place, created);
    for (const { id, title } of productsOf(incident)) {
      const serviceId = site.serviceOf(id);
      if (!services.has(serviceId)) services.set(serviceId, created);
      yield* needs.of({ kind: "service", serviceId, name: oneLine(title), contractId: site.contractId }, place, created);
    }
    for (const { id, title } of locationsOf(incident)) {
      const bodyId = site.bodyOf(id);
      if (!bodies.has(bodyId)) bodies.set(bodyId, created);
      yield* needs.of({ kind: "body", bodyId, name: oneLine(title), workstations: 1 }, place, created);
    }
  }
  for (const [serviceId, serviceKnown] of services) {
    for (const [bodyId, bodyKnown] of bodies) {
      yield* needs.of({ kind: "adoption", serviceId, bodyId }, atPath("affected_products"), serviceKnown < bodyKnown ? bodyKnown : serviceKnown);
    }
  }
}

function* readIncident(timed: Timed, settings: ReaderSettings, site: Site): Generator<Reading> {
  const { incident, path, created, modified } = timed;
  const effect = effectOf(incident, settings);
  if (effect === undefined) {
    yield problem(atPath(`${path}.status_impact`), "INVALID_INPUT", `the impact ${JSON.stringify(incident.status_impact)} is not known; the incident was not taken`);
    return;
  }
  const products = productsOf(incident);
  if (products.length === 0) yield problem(atPath(`${path}.affected_products`), "INVALID_INPUT", "the incident names no product, so it is recorded without a disruption");
  const entries = entriesOf(timed, settings);
  yield* entries.notes;
  const base: Case = {
    kind: "case", key: incident.id, name: idPart(incident.id), place: atPath(path), sourceRecordedAt: created, amendedAt: modified,
    reason: `The source says otherwise since ${new Date(modified).toISOString()}.`, maintenance: [], maintenanceUnder: site.contractId,
  };
  if (effect === "maintenance") yield { ...base, maintenance: maintenanceOf(timed, settings, site) };
  else yield { ...base, incident: { ...headOf(timed, settings, site), disruptions: disruptionsOf(timed, effect, site), entries: entries.entries } };
}

function effectOf(incident: GoogleIncident, settings: ReaderSettings): Effect | undefined {
  const word = incident.status_impact;
  if (Object.hasOwn(settings.degrees, word)) return settings.degrees[word];
  return Object.hasOwn(EFFECTS, word) ? EFFECTS[word] : undefined;
}

function headOf(timed: Timed, settings: ReaderSettings, site: Site): Omit<CaseIncident, "disruptions" | "entries"> {
  const { incident, begin, end } = timed;
  const description = incident.external_desc.trim();
  const title = oneLine(description === "" ? incident.id : description);
  const severity = SEVERITIES.find((each) => each === incident.severity);
  return {
    title,
    occurredAt: begin,
    contractId: site.contractId,
    ...(description !== "" && title !== description && { description: textOf(description, settings.language) }),
    ...(severity !== undefined && { severity }),
    ...(end !== undefined && { resolvedAt: end, resolvedSourceRecordedAt: endKnownAt(timed, end) }),
  };
}

function disruptionsOf(timed: Timed, effect: Effect, site: Site): CaseIncident["disruptions"] {
  const { incident, begin, end } = timed;
  const degree = DEGREES.find((each) => each === effect);
  if (degree === undefined) return [];
  const bodyIds = locationsOf(incident).map(({ id }) => site.bodyOf(id));
  const scope: Scope = bodyIds.length === 0 ? { kind: "all" } : { kind: "bodies", bodyIds };
  return productsOf(incident).map(({ id }) => ({
    key: idPart(id), serviceId: site.serviceOf(id), scope, degree, start: begin, changes: [], ...(end !== undefined && { end, endedSourceRecordedAt: endKnownAt(timed, end) }),
  }));
}

function maintenanceOf({ incident, begin, end }: Timed, settings: ReaderSettings, site: Site): Case["maintenance"] {
  const serviceIds = productsOf(incident).map(({ id }) => site.serviceOf(id));
  if (end === undefined || end <= begin || serviceIds.length === 0) return [];
  return [{ key: "maintenance", serviceIds, window: { start: begin, end }, text: textOf(incident.external_desc, settings.language) }];
}

/** When the source can have recorded the end: with the first update after it that says the service is available, else with the last modification. */
function endKnownAt({ incident, modified }: Timed, end: Instant): Instant {
  const said = incident.updates.filter((update) => update.status === "AVAILABLE").map((update) => looseTime(update.created)?.instant).filter((at) => at !== undefined && at >= end);
  return said.reduce<Instant>((first, at) => (at !== undefined && at < first ? at : first), modified);
}

/** The updates as what the members were told, oldest first. */
function entriesOf({ incident, path }: Timed, settings: ReaderSettings): { readonly entries: readonly CaseEntry[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  const entries: CaseEntry[] = [];
  const used = new Map<string, number>();
  for (const [index, update] of [...incident.updates.entries()].reverse()) {
    const place = atPath(`${path}.updates[${index}]`);
    const times = timesOf(update);
    if (times === undefined || update.text.trim() === "") {
      notes.push(problem(place, "INVALID_INPUT", "the update has no text, or a time that cannot be read; it was not taken"));
      continue;
    }
    const stamp = `update.${new Date(times.created).toISOString().replace(/\D/g, "").slice(0, 17)}`;
    const nth = (used.get(stamp) ?? 0) + 1;
    used.set(stamp, nth);
    if (update.text.length > 20_000) notes.push(mend(place, "the text was cut at 20,000 characters"));
    entries.push({ key: nth === 1 ? stamp : `${stamp}-${nth}`, at: times.when, text: textOf(update.text, settings.language), sourceRecordedAt: times.created });
  }
  return { entries, notes };
}

function timesOf(update: GoogleUpdate): { readonly when: Instant; readonly created: Instant } | undefined {
  const created = looseTime(update.created)?.instant;
  const when = update.when === undefined ? created : looseTime(update.when)?.instant;
  return created === undefined || when === undefined ? undefined : { when, created };
}
