import { isJsonObject } from "../../kernel/json.js";
import type { Case, CaseIncident, Reading, ReaderSettings } from "../case.js";
import { idPart, oneLine } from "../names.js";
import { atPath, problem } from "../notes.js";
import { listIn, parseDocument } from "./json-document.js";
import { FirstNeed, siteOf, textOf, type Site } from "./reading.js";
import { componentNeeds } from "./statuspage-components.js";
import { statuspagePageSchema } from "./statuspage-document.js";
import { disruptionsOf, fatesOf, isMaintenance, maintenanceOf } from "./statuspage-fates.js";
import { timedIncident, type TimedIncident } from "./statuspage-times.js";

/**
 * A Statuspage v2 document: `incidents`, `scheduled_maintenances` or both, of one page. The page is one body unless the settings map components to bodies; a
 * component is a service. Throws LedgerError INVALID_INPUT when it is no such document.
 */
export function* readStatuspage(text: string, settings: ReaderSettings): Generator<Reading> {
  const document = parseDocument(text);
  const page = statuspagePageSchema.safeParse(isJsonObject(document) ? document["page"] : undefined);
  const site = page.success ? siteOf(settings, page.data.id, oneLine(page.data.name)) : siteOf(settings, "statuspage", "Status page");
  const incidents: TimedIncident[] = [];
  const seen = new Set<string>();
  for (const list of ["incidents", "scheduled_maintenances"]) {
    for (const [index, value] of listIn(document, list).entries()) {
      const path = `${list}[${index}]`;
      const { incident, notes } = timedIncident(path, value);
      yield* notes;
      if (incident === undefined) continue;
      if (seen.has(incident.incident.id)) yield problem(atPath(path), "ID_ALREADY_USED", `the incident ${incident.incident.id} stands in the file already; this one was not taken`);
      else incidents.push(incident);
      seen.add(incident.incident.id);
    }
  }
  const needs = new FirstNeed();
  for (const incident of incidents.sort((a, b) => a.created - b.created)) yield* readIncident(incident, settings, { site, needs });
}

function* readIncident(timed: TimedIncident, settings: ReaderSettings, { site, needs }: { readonly site: Site; readonly needs: FirstNeed }): Generator<Reading> {
  const { path, incident, created, amended } = timed;
  const place = atPath(path);
  const { fates, notes } = fatesOf(timed, settings, site);
  yield* notes;
  for (const { component } of fates) yield* componentNeeds(component, site, needs, { place, recordedAt: created });
  const announced = maintenanceOf(timed, fates, settings);
  yield* announced.notes;
  const base: Case = {
    kind: "case", key: incident.id, name: idPart(incident.id), place, sourceRecordedAt: created, amendedAt: amended,
    reason: `The source says otherwise since ${new Date(amended).toISOString()}.`, maintenance: announced.maintenance, maintenanceUnder: site.contractId,
  };
  const disruptions = fates.flatMap(disruptionsOf);
  if (disruptions.length === 0 && isMaintenance(timed, settings)) yield base;
  else yield { ...base, incident: { ...headOf(timed, site), disruptions, entries: entriesOf(timed, settings) } };
}

function headOf({ incident, started, resolved }: TimedIncident, site: Site): Omit<CaseIncident, "disruptions" | "entries"> {
  const title = oneLine(incident.name);
  return {
    title: title === "" ? incident.id : title,
    occurredAt: started,
    contractId: site.contractId,
    ...(resolved !== undefined && { resolvedAt: resolved.at, resolvedSourceRecordedAt: resolved.recordedAt }),
  };
}

/** The updates as what the members were told. */
function entriesOf({ updates }: TimedIncident, settings: ReaderSettings): CaseIncident["entries"] {
  return updates.flatMap(({ update, at, recordedAt }) => {
    const body = update.body ?? "";
    return body.trim() === "" ? [] : [{ key: idPart(update.id), at, text: textOf(body, settings.language), sourceRecordedAt: recordedAt }];
  });
}
