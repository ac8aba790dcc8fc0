import type { CaseDisruption, CaseMaintenance, ReaderSettings } from "../case.js";
import type { Effect } from "../mapping.js";
import { atPath, mend, problem, type Note } from "../notes.js";
import { textOf, type Site } from "./reading.js";
import { componentOf, type Component } from "./statuspage-components.js";
import { disruptionOf, spellsOf, type Spell, type StateSet } from "./statuspage-spells.js";
import type { TimedIncident } from "./statuspage-times.js";

const STATES: Readonly<Record<string, Effect>> = {
  operational: "none", degraded_performance: "degraded", partial_outage: "partial", major_outage: "outage", full_outage: "outage", under_maintenance: "maintenance",
};
const IMPACTS: Readonly<Record<string, Effect>> = { critical: "outage", major: "partial", minor: "degraded", none: "none", maintenance: "maintenance" };

/** What befell one component in one incident. */
export interface Fate {
  readonly component: Component;
  readonly spells: readonly Spell[];
}
interface Fates {
  readonly fates: readonly Fate[];
  readonly notes: readonly Note[];
}

function effectOf(word: string, words: Readonly<Record<string, Effect>>, settings: ReaderSettings): Effect | undefined {
  if (Object.hasOwn(settings.degrees, word)) return settings.degrees[word];
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

export function isMaintenance({ incident }: TimedIncident, settings: ReaderSettings): boolean {
  return effectOf(incident.impact ?? "", IMPACTS, settings) === "maintenance" || typeof incident.scheduled_for === "string";
}

/** By the states of components where updates set any; else by the impact of the incident, on all its components from its start to its resolution. */
export function fatesOf(timed: TimedIncident, settings: ReaderSettings, site: Site): Fates {
  const stated = timed.updates.some(({ update }) => (update.affected_components ?? []).length > 0);
  return stated && !isMaintenance(timed, settings) ? byStates(timed, settings, site) : byImpact(timed, settings, site);
}

function byStates(timed: TimedIncident, settings: ReaderSettings, site: Site): Fates {
  const states = new Map<string, { component: Component; set: StateSet[] }>();
  const notes: Note[] = [];
  for (const { update, at, recordedAt, path } of timed.updates) {
    for (const [index, affected] of (update.affected_components ?? []).entries()) {
      const effect = effectOf(affected.new_status, STATES, settings);
      if (effect === undefined) {
        notes.push(problem(atPath(`${path}.affected_components[${index}].new_status`), "INVALID_INPUT", `the state ${JSON.stringify(affected.new_status)} is not known and was not taken`));
        continue;
      }
      const component = componentOf(affected, settings, site);
      const known = states.get(component.key) ?? { component, set: [] };
      known.set.push({ at, effect, recordedAt });
      states.set(component.key, known);
    }
  }
  const fates = [...states.values()].map(({ component, set }) => ({ component, spells: spellsOf(set).map((spell) => closed(spell, timed, component, notes)) }));
  return { fates, notes };
}

/** What no update ends was over when the incident was resolved. */
function closed(spell: Spell, timed: TimedIncident, component: Component, notes: Note[]): Spell {
  if (spell.end !== undefined || timed.resolved === undefined) return spell;
  const last = spell.changes.at(-1) ?? spell.start;
  notes.push(mend(atPath(timed.path), `no update says that ${component.name} works again; it was taken to work when the incident was resolved`));
  return { ...spell, end: timed.resolved.at < last.at ? last : timed.resolved };
}

function byImpact(timed: TimedIncident, settings: ReaderSettings, site: Site): Fates {
  const { incident, path, started, resolved, created } = timed;
  const effect = isMaintenance(timed, settings) ? "maintenance" : effectOf(incident.impact ?? "none", IMPACTS, settings);
  if (effect === undefined) return { fates: [], notes: [problem(atPath(`${path}.impact`), "INVALID_INPUT", `the impact ${JSON.stringify(incident.impact)} is not known; the incident is recorded without a disruption`)] };
  const components = (incident.components ?? []).map((named) => componentOf(named, settings, site));
  const notes = effect !== "none" && components.length === 0 ? [problem(atPath(`${path}.components`), "INVALID_INPUT", "the incident names no component, so it is recorded without a disruption")] : [];
  const start = { at: started, effect, recordedAt: created };
  const end = effect === "maintenance" && resolved === undefined && timed.until !== undefined ? { at: timed.until, recordedAt: created } : resolved;
  const kind = effect === "maintenance" ? "maintenance" : "disruption";
  return { fates: components.map((component) => ({ component, spells: effect === "none" ? [] : [{ kind, start, changes: [], end }] })), notes };
}

export function disruptionsOf({ component, spells }: Fate): CaseDisruption[] {
  return spells.filter(({ kind }) => kind === "disruption").flatMap((spell, index) => disruptionOf(spell, component, index + 1) ?? []);
}

/** Spells of maintenance that have an end, one window each. */
export function maintenanceOf(timed: TimedIncident, fates: readonly Fate[], settings: ReaderSettings): { readonly maintenance: readonly CaseMaintenance[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  const maintenance: CaseMaintenance[] = [];
  for (const { component, spells } of fates) {
    spells.filter(({ kind }) => kind === "maintenance").forEach((spell, index) => {
      const [start, end] = [spell.start.at, spell.end?.at];
      if (end === undefined) notes.push(mend(atPath(timed.path), `the maintenance of ${component.name} has no end yet; it is announced when the file names one`));
      else if (end <= start) notes.push(problem(atPath(timed.path), "END_BEFORE_START", `the maintenance of ${component.name} ends when it starts; it is not announced`));
      else {
        const key = index === 0 ? component.key : `${component.key}-${index + 1}`;
        maintenance.push({ key, serviceIds: [component.serviceId], window: { start, end }, text: textOf(timed.incident.name, settings.language), sourceRecordedAt: spell.start.recordedAt });
      }
    });
  }
  return { maintenance, notes };
}
