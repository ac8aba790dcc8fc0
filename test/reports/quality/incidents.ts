import { disruptionId, entryId, incidentId, type IncidentId } from "../../../src/kernel/brand.js";
import type { CAUSE_CATEGORIES, PARTIES } from "../../../src/domain/incident/events.js";
import type { FactCommand } from "../../../src/domain/record.js";
import type { Severity } from "../../../projections/rows.js";
import type { When } from "../../../src/time/when.js";
import { parsePeriod, type Period } from "../../../src/time/period.js";
import { parseInstantIn } from "../../../src/time/text.js";
import { ROME } from "../../../src/time/zone.js";
import { everyone, POSTA } from "../../support/lecco.js";

/** A time in Rome as it stands on the wall: `2019-09-25 08:10`; `2019-09-25 08:10 … 2019-09-25 08:30` is a band. */
export function rome(text: string): When {
  const [first, second] = text.split(" … ").map((each) => {
    const parsed = parseInstantIn(each.replace(" ", "T"), ROME, "start");
    return parsed.ok ? parsed.value : undefined;
  });
  if (first === undefined) throw new TypeError(`no time: ${text}`);
  return second === undefined ? first : { earliest: first, latest: second };
}

/** One incident of the posta, with its milestones as times in Rome; what is left out was not recorded. */
export interface Story {
  readonly occurred: string;
  readonly detected?: string;
  readonly reported?: string;
  readonly severities?: readonly (readonly [at: string, severity: Severity])[];
  readonly notified?: readonly string[];
  readonly acknowledged?: string;
  readonly informed?: readonly string[];
  readonly disruptions?: readonly (readonly [start: string, end?: string])[];
  readonly cause?: readonly [at: string, category: (typeof CAUSE_CATEGORIES)[number], party: (typeof PARTIES)[number]];
  readonly improvements?: readonly { readonly promised: string; readonly due?: string; readonly done?: string }[];
  /** Resolved, reopened, resolved again, … */
  readonly courses?: readonly string[];
  readonly reports?: readonly string[];
}

/** The commands that record it, in the order in which the rules take them. */
export function told(name: string, story: Story): readonly FactCommand[] {
  const id = incidentId(name);
  const { occurred, detected, reported, severities = [], disruptions = [], acknowledged, cause } = story;
  return [
    { type: "ReportIncident", data: { incidentId: id, occurredAt: rome(occurred), title: `Incidente ${name}`, ...(detected !== undefined && { detectedAt: rome(detected) }), ...(reported !== undefined && { reportedAt: rome(reported) }) } },
    ...severities.map(([when, severity]): FactCommand => ({ type: "AssignSeverity", data: { incidentId: id, occurredAt: rome(when), severity } })),
    ...disruptions.flatMap(([start, end], n): FactCommand[] => [
      { type: "OpenDisruption", data: { incidentId: id, disruptionId: disruptionId(`d${n}`), serviceId: POSTA, scope: { kind: "all" }, degree: "outage", occurredAt: rome(start) } },
      ...(end === undefined ? [] : [{ type: "EndDisruption" as const, data: { incidentId: id, disruptionId: disruptionId(`d${n}`), occurredAt: rome(end) } }]),
    ]),
    ...said(id, story),
    ...(acknowledged === undefined ? [] : [{ type: "AcknowledgeIncident" as const, data: { incidentId: id, occurredAt: rome(acknowledged) } }]),
    ...(cause === undefined ? [] : [{ type: "AttributeCause" as const, data: { incidentId: id, occurredAt: rome(cause[0]), category: cause[1], party: cause[2] } }]),
    ...afterwards(id, story),
  ];
}

function said(id: IncidentId, { notified = [], informed = [] }: Story): readonly FactCommand[] {
  return [
    ...notified.map((when, n): FactCommand => ({ type: "NotifySupplier", data: { incidentId: id, entryId: entryId(`n${n}`), channel: "phone", occurredAt: rome(when) } })),
    ...informed.map((when, n): FactCommand => ({ type: "InformMembers", data: { incidentId: id, entryId: entryId(`i${n}`), channel: "email", text: everyone("La posta è ferma."), occurredAt: rome(when) } })),
  ];
}

function afterwards(id: IncidentId, { improvements = [], courses = [], reports = [] }: Story): readonly FactCommand[] {
  return [
    ...improvements.flatMap(({ promised, due, done }, n): FactCommand[] => [
      { type: "PromiseImprovement", data: { incidentId: id, entryId: entryId(`m${n}`), text: everyone("Seconda linea"), occurredAt: rome(promised), ...(due !== undefined && { dueAt: instantOf(due) }) } },
      ...(done === undefined ? [] : [{ type: "CompleteImprovement" as const, data: { incidentId: id, entryId: entryId(`m${n}`), occurredAt: rome(done) } }]),
    ]),
    ...courses.map((when, n): FactCommand => (n % 2 === 0 ? { type: "ResolveIncident", data: { incidentId: id, occurredAt: rome(when) } } : { type: "ReopenIncident", data: { incidentId: id, occurredAt: rome(when), reason: "Di nuovo ferma" } })),
    ...reports.map((when, n): FactCommand => ({ type: "FileReport", data: { incidentId: id, entryId: entryId(`r${n}`), title: "Relazione all'assemblea", occurredAt: rome(when) } })),
  ];
}

function instantOf(text: string) {
  const when = rome(text);
  if (typeof when === "number") return when;
  throw new TypeError(`a due date is one instant: ${text}`);
}

export function period(text: string): Period {
  const parsed = parsePeriod(text, ROME);
  if (!parsed.ok) throw new TypeError(parsed.refusal.message);
  return parsed.value;
}

/** The story of the posta; every time of it is illustrative. */
export const STORIES: Readonly<Record<string, Story>> = {
  // One minute more than six months before the outage, six months before it, and in the month before.
  "rete-marzo-0809": { occurred: "2019-03-25 08:09", cause: ["2019-03-26 09:00", "network", "supplier"], courses: ["2019-03-25 10:00"] },
  "rete-marzo-0810": { occurred: "2019-03-25 08:10", cause: ["2019-03-26 09:00", "network", "supplier"], courses: ["2019-03-25 10:00"], improvements: [{ promised: "2019-04-01 09:00", due: "2019-06-30 23:59", done: "2019-07-02 10:00" }, { promised: "2019-04-01 09:00" }] },
  "posta-agosto": {
    occurred: "2019-08-20 09:00", detected: "2019-08-20 10:00", notified: ["2019-08-20 10:00"], acknowledged: "2019-08-20 11:00", informed: ["2019-08-20 10:30"], severities: [["2019-08-20 10:00", "low"]],
    disruptions: [["2019-08-20 09:00", "2019-08-20 14:00"]], cause: ["2019-08-21 09:00", "network", "supplier"], courses: ["2019-08-20 15:00"], reports: ["2019-09-19 23:59"],
    improvements: [{ promised: "2019-08-22 09:00", due: "2019-09-15 23:59", done: "2019-09-15 23:59" }, { promised: "2019-08-22 09:00", due: "2019-09-20 23:59" }, { promised: "2019-09-02 09:00" }],
  },
  "posta-settembre": { occurred: "2019-09-10 10:00", reported: "2019-09-10 10:30", disruptions: [["2019-09-10 10:00", "2019-09-10 11:00"]], cause: ["2019-09-11 10:00", "network", "unknown"], courses: ["2019-09-10 11:10"], reports: ["2019-10-11 00:00"] },
  "cloud-settembre": {
    occurred: "2019-09-25 08:10", detected: "2019-09-25 08:20", reported: "2019-09-25 08:25", severities: [["2019-09-25 08:30", "high"], ["2019-09-25 09:30", "critical"]],
    notified: ["2019-09-25 10:00", "2019-09-25 08:40"], acknowledged: "2019-09-25 09:10", informed: ["2019-09-25 09:00", "2019-09-25 12:30"],
    disruptions: [["2019-09-25 08:10", "2019-09-25 12:10"], ["2019-09-25 08:10", "2019-09-25 11:40"]], cause: ["2019-10-10 09:00", "network", "supplier"],
    courses: ["2019-09-25 12:30"], reports: ["2019-10-21 10:00"], improvements: [{ promised: "2019-10-15 10:00", due: "2019-12-31 23:59" }],
  },
};
