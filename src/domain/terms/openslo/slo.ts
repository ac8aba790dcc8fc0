import { isServiceId, type ServiceId, type ZoneId } from "../../../kernel/brand.js";
import { descriptionOf } from "./description.js";
import { isOurs, type Numbered, type Sorted } from "./documents.js";
import type { Draft } from "./draft.js";
import { clipped, isNameOf } from "./names.js";
import type { DocumentNotes, Notes } from "./notes.js";
import { measureOf } from "./objective.js";
import type { LedgerQuery } from "./query.js";
import { sourceOf } from "./source.js";
import { sloSpecSchema, type OpenSloDocument, type SloSpec } from "./specification.js";
import { zoneForOpenSlo, type CalendarWindow, type Period } from "./window.js";

/** Characters of an indicator's id that leave room for a number. */
const MOST_ID = 58;

/**
 * The indicators of an SLO, one for each objective. None where terms cannot hold what it measures, which is noted as lost, or where it says what terms
 * could hold only if somebody decided how, which is noted as a problem.
 */
export function readSlo({ number, document }: Numbered, slis: Sorted["slis"], notes: Notes): readonly Draft[] {
  const at = notes.of(number);
  if (isComposite(document)) {
    at.lost([], "an SLO whose objectives have indicators of their own (a composite one) is left out; in terms each indicator stands by itself");
    return [];
  }
  const spec = at.parsed(sloSpecSchema, document.spec, ["spec"]);
  if (spec === undefined) return [];
  const source = sourceOf(spec, slis, notes, at);
  const [window] = spec.timeWindow ?? [];
  if (source?.kind === "threshold") at.lost([], "an SLO on measured values (thresholdMetric) is left out; terms hold availability, times and numbers of failures");
  if (source === undefined || window === undefined || source.kind === "threshold") return [];
  const query = source.kind === "ledger" ? source.query : undefined;
  if (query === undefined) at.lost(["spec", "budgetingMethod"], `${spec.budgetingMethod} are not counted; the indicator becomes availability, the share of time without downtime`);
  noteWindow(window, at);
  noteUnread(document, spec, { query, period: window.period }, at);
  const services = servicesOf(spec, query, at);
  const id = query?.indicator ?? idOf(document.metadata.name, at);
  return spec.objectives.flatMap((objective, index) => {
    const measure = measureOf({ objective, path: ["spec", "objectives", index] }, query, at);
    if (measure === undefined || services === undefined) return [];
    const title = titleOf(document, spec, { index, query, at });
    return [{ document: number, zone: zoneOf(window.zone, query), indicator: { id: index === 0 ? id : `${id.slice(0, MOST_ID)}-${index + 1}`, title, period: window.period, services, measure } }];
  });
}

function isComposite({ spec }: OpenSloDocument): boolean {
  const objectives = spec["objectives"];
  return Array.isArray(objectives) && objectives.some((each: unknown) => typeof each === "object" && each !== null && ("indicator" in each || "indicatorRef" in each));
}

function noteWindow({ period, startTime, isAligned, others }: CalendarWindow, at: DocumentNotes): void {
  const path = ["spec", "timeWindow", 0] as const;
  for (const keys of others) at.lost([...path, ...keys], "terms have no place for it");
  if (!isAligned) at.lost([...path, "calendar", "startTime"], `periods of terms begin at midnight of the first day of a ${period}, not at ${startTime}`);
}

/** The zone as the document of terms wrote it, as long as it is the one that OpenSLO says. */
function zoneOf(zone: ZoneId, query: LedgerQuery | undefined): ZoneId {
  return query?.zone !== undefined && zoneForOpenSlo(query.zone) === zone ? query.zone : zone;
}

interface Known {
  readonly query: LedgerQuery | undefined;
  readonly period: Period;
}
function noteUnread(document: OpenSloDocument, spec: SloSpec, { query, period }: Known, at: DocumentNotes): void {
  const { labels = {}, annotations = {} } = document.metadata;
  const ours = isOurs(document) ? ["source", "kind", "illustrative"] : [];
  const others = [...Object.keys(labels).filter((key) => !ours.includes(key)), ...Object.keys(annotations)];
  if (others.length > 0) at.lost(["metadata"], `terms have no labels and annotations (${others.join(", ")})`);
  if (spec.description !== undefined && (query === undefined || spec.description !== descriptionOf(query.kind, period))) at.lost(["spec", "description"], "an indicator of terms has a title only");
  if (spec.alertPolicies !== undefined) at.lost(["spec", "alertPolicies"], "terms have no alerts; the clocks of the ledger tell on their own when a time is at risk");
  if (query !== undefined && spec.budgetingMethod !== "Occurrences") at.lost(["spec", "budgetingMethod"], `the ledger measures exactly, not by ${spec.budgetingMethod}`);
  at.unread(spec, ["description", "service", "indicator", "indicatorRef", "timeWindow", "budgetingMethod", "objectives", "alertPolicies"], ["spec"]);
}

/** The services of the ledger's query, as long as the SLO says no other; else the one that the SLO names. */
function servicesOf({ service }: SloSpec, query: LedgerQuery | undefined, at: DocumentNotes): "all" | readonly ServiceId[] | undefined {
  if (query === undefined) {
    if (isServiceId(service)) return [service];
    at.problem(["spec", "service"], `"${service}" cannot be the id of a service (A-Z a-z 0-9 . _ ~ -); write the one of the ledger's catalogue`);
    return undefined;
  }
  const { services, contract } = query;
  const single = services !== "all" && services.length === 1 ? services[0] : undefined;
  if (isNameOf(service, single ?? contract)) return services;
  at.problem(["spec", "service"], `it is ${service}, and yet the query for the ledger is about ${single ?? `the contract ${contract}`}; make both say the same`);
  return undefined;
}

/** The name of an SLO as the id of an indicator. */
function idOf(name: string, at: DocumentNotes): string {
  const plain = name.replaceAll(/[^a-z0-9-]+/g, "-");
  const id = (/^[a-z]/.test(plain) ? plain : `slo-${plain}`).slice(0, 63);
  if (id !== name) at.lost(["metadata", "name"], `names in terms are of a to z, 0 to 9 and hyphens and begin with a letter; it becomes ${id}`);
  return id;
}

interface Titled {
  readonly index: number;
  readonly query: LedgerQuery | undefined;
  readonly at: DocumentNotes;
}
/** Of several objectives each has its own title; of one, the SLO has it. */
function titleOf({ metadata: { name, displayName } }: OpenSloDocument, { objectives }: SloSpec, { index, query, at }: Titled): string {
  const own = objectives[index]?.displayName;
  const shown = (objectives.length > 1 ? own : undefined) ?? displayName ?? own ?? name;
  if (own !== undefined && own !== shown) at.lost(["spec", "objectives", index, "displayName"], "an indicator of terms has one title, the SLO's");
  if (index === 0 && displayName !== undefined && displayName !== shown) at.lost(["metadata", "displayName"], "an indicator of terms has one title, its objective's");
  return query?.title !== undefined && clipped(query.title) === shown ? query.title : shown;
}
