import type { Instant } from "../../kernel/brand.js";
import { atPath, problem, type Note } from "../notes.js";
import { looseTime } from "./loose-time.js";
import { statuspageIncidentSchema, type StatuspageIncident, type StatuspageUpdate } from "./statuspage-document.js";

export interface TimedUpdate {
  readonly path: string;
  readonly update: StatuspageUpdate;
  /** When it is displayed to have happened. */
  readonly at: Instant;
  readonly recordedAt: Instant;
}
/** An incident whose times could be read. */
export interface TimedIncident {
  readonly path: string;
  readonly incident: StatuspageIncident;
  readonly created: Instant;
  readonly started: Instant;
  readonly resolved: { readonly at: Instant; readonly recordedAt: Instant } | undefined;
  readonly amended: Instant;
  /** End of a maintenance window that is still ahead or going on. */
  readonly until: Instant | undefined;
  /** Oldest first. */
  readonly updates: readonly TimedUpdate[];
}

const FINAL: readonly unknown[] = ["resolved", "completed"];

export function timedIncident(path: string, value: unknown): { readonly incident?: TimedIncident; readonly notes: readonly Note[] } {
  const parsed = statuspageIncidentSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { notes: [problem(atPath(path), "INVALID_INPUT", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}; the incident was not taken`)] };
  }
  const incident = parsed.data;
  const created = timeOf(incident.created_at);
  const started = timeOf(incident.scheduled_for) ?? timeOf(incident.started_at) ?? created;
  if (created === undefined || started === undefined) return { notes: [problem(atPath(`${path}.created_at`), "INVALID_TIME", "it is not a time; the incident was not taken")] };
  const { updates, notes } = updatesOf(path, incident);
  const last = updates.find(({ update }) => FINAL.includes(update.status));
  const at = timeOf(incident.resolved_at) ?? last?.at;
  const amended = timeOf(incident.updated_at) ?? updates.reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), created);
  const wrong = at !== undefined && at < started ? [problem(atPath(`${path}.resolved_at`), "END_BEFORE_START", "it lies before the start and was not taken")] : [];
  const resolved = at === undefined || at < started ? undefined : { at, recordedAt: last?.recordedAt ?? at };
  return { incident: { path, incident, created, started, resolved, amended, until: timeOf(incident.scheduled_until), updates }, notes: [...notes, ...wrong] };
}

function updatesOf(path: string, incident: StatuspageIncident): { readonly updates: readonly TimedUpdate[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  const updates = [...(incident.incident_updates ?? []).entries()].reverse().flatMap(([index, update]): TimedUpdate[] => {
    const place = `${path}.incident_updates[${index}]`;
    const recordedAt = timeOf(update.created_at);
    if (recordedAt !== undefined) return [{ path: place, update, at: timeOf(update.display_at) ?? recordedAt, recordedAt }];
    notes.push(problem(atPath(`${place}.created_at`), "INVALID_TIME", "it is not a time; the update was not taken"));
    return [];
  });
  return { updates: updates.sort((a, b) => a.at - b.at), notes };
}

function timeOf(text: string | null | undefined): Instant | undefined {
  return typeof text === "string" ? looseTime(text)?.instant : undefined;
}
