import type { BodyId, IncidentId } from "../kernel/brand.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { ReportFrame } from "../reports/frame.js";
import type { ImpactReport } from "../reports/impact-report.js";
import type { QualityIndicators } from "../reports/quality/report.js";
import { timeline, type TimelineQuestion } from "../reports/timeline.js";
import type { TimelineEntry } from "../reports/timeline-entry.js";
import { caveats, coveredText, illustrativeNote, knowledgeLine, notes } from "./render/frame.js";
import { isIllustrative } from "./render/illustrative.js";
import { bodyImpact } from "./render/body-impact.js";
import { impactTable, type Workstations } from "./render/impact-table.js";
import { caseLines, recurrenceLines } from "./render/quality-cases.js";
import { QUALITY_WORDS } from "./render/quality-words.js";
import { qualityHeading, qualityTables } from "./render/quality.js";
import { heading, pageWords, type Style } from "./render/style.js";
import { periodText } from "./render/time.js";
import { legend, TimelinePage } from "./render/timeline.js";
import { printable } from "./render/text.js";

const PAGE = 200;

/** The entries of a timeline, page by page; at most `limit` of them. */
export function* timelinePages(known: KnownLedger, question: TimelineQuestion, limit = Number.POSITIVE_INFINITY): Generator<readonly TimelineEntry[]> {
  for (let left = limit, after: string | undefined; left > 0; ) {
    const page = timeline(known, question, { first: Math.min(PAGE, left), ...(after !== undefined && { after }) });
    yield page.edges.map(({ row }) => row);
    left -= page.edges.length;
    if (!page.hasNextPage || page.endCursor === undefined) return;
    after = page.endCursor;
  }
}

/** A timeline for people, in pieces as they are read: what it is of, its entries, and what its signs mean. */
export function* timelineText(pages: Iterable<readonly TimelineEntry[]>, style: Style, { title, known }: { readonly title: string; readonly known: KnownLedger }): Generator<string> {
  yield `${heading(style, (words) => words.timeline)}   ${style.paint.bold(printable(title))}`;
  yield `${knowledgeLine(known.knowledge, style)}\n`;
  const page = new TimelinePage(style);
  let isEmpty = true;
  for (const entries of pages) {
    if (entries.length === 0) continue;
    isEmpty = false;
    yield page.lines(entries).join("\n");
  }
  yield isEmpty ? pageWords(style).nothing : `\n${legend(style, page).join("\n")}`;
}

/** The impact on all bodies as a table for people. */
export function impactTableText(reports: readonly ImpactReport[], known: KnownLedger, style: Style): string {
  const [first] = reports;
  if (first === undefined) return `${heading(style, (words) => words.impactByBody)}\n\n${pageWords(style).nothing}`;
  const title = periodText(first.period, first.zone, pageWords(style));
  return [
    `${heading(style, (words) => words.impactByBody)}   ${style.paint.bold(title)}`,
    style.paint.dim(coveredText(first, style)),
    knowledgeLine(first.knowledge, style),
    "",
    ...impactTable(reports, workstationsOf(known, reports), style),
    "",
    ...caveats(mergedCaveats(reports, first), style),
    ...notes([pageWords(style).serviceHoursNote, pageWords(style).costNote], style),
    ...(holdIllustrative(known, incidentsOf(reports)) ? [illustrativeNote(style)] : []),
  ].join("\n");
}

/** The impact on one body for people. */
export function bodyImpactText(report: ImpactReport, known: KnownLedger, { style, explain }: { readonly style: Style; readonly explain: boolean }): string {
  const name = printable(report.body.name);
  return [
    `${heading(style, (words) => words.impactOf(name))}   ${style.paint.bold(periodText(report.period, report.zone, pageWords(style)))}`,
    style.paint.dim(coveredText(report, style)),
    knowledgeLine(report.knowledge, style),
    "",
    ...bodyImpact(report, style, explain),
    ...caveats(report, style),
    ...notes([pageWords(style).serviceHoursNote, pageWords(style).costNote, ...(explain ? [] : [pageWords(style).howToExplain])], style),
    ...(holdIllustrative(known, incidentsOf([report])) ? [illustrativeNote(style)] : []),
  ].join("\n");
}

/** The quality indicators of a period for people. */
export function qualityText(report: QualityIndicators, known: Pick<KnownLedger, "incidents" | "timelineOfIncidents">, { style, explain }: { readonly style: Style; readonly explain: boolean }): string {
  const { before, period, zone, occurrences, improvements } = report;
  const words = QUALITY_WORDS[style.speaking.language];
  const promising = [...improvements.cases(), ...improvements.undatedCases()].map(({ improvement }) => improvement.incidentId);
  const rows = explain ? known.incidents(promising) : undefined;
  const incidents = occurrences.cases().incidents.map(({ row }) => row.incidentId);
  return [
    `${qualityHeading(style, ({ title }) => title)}   ${style.paint.bold(periodText(period, zone, pageWords(style)))}`,
    style.paint.dim(words.besides(periodText(before.period, zone, pageWords(style)))),
    style.paint.dim(coveredText(report, style)),
    knowledgeLine(report.knowledge, style),
    "",
    ...qualityTables(report, style),
    ...(improvements.undated.value === 0 ? [] : [`  ${words.undated(improvements.undated.value)}`, ""]),
    ...recurrenceLines(report, style),
    ...(rows === undefined ? [] : caseLines(report, (id) => rows.get(id)?.title ?? id, style)),
    ...caveats(report, style),
    ...notes([...words.notes, ...(explain ? [] : [words.howToExplain])], style),
    ...(holdIllustrative(known, [...incidents, ...promising]) ? [illustrativeNote(style)] : []),
  ].join("\n");
}

function mergedCaveats(reports: readonly ImpactReport[], { knowledge }: ReportFrame): Pick<ReportFrame, "provisional" | "notUnderstood" | "knowledge"> {
  const notUnderstood = new Map(reports.flatMap((report) => report.notUnderstood).map((each) => [`${each.stream} ${each.type} ${each.detail}`, each]));
  return { knowledge, provisional: [...new Set(reports.flatMap(({ provisional }) => provisional))], notUnderstood: [...notUnderstood.values()] };
}

/** The counts that held at some time of what the reports cover: `62`, or `62→65`. */
function workstationsOf(known: KnownLedger, reports: readonly ImpactReport[]): Workstations {
  const declared = known.workstationsOfBodies(reports.map(({ body }) => body.bodyId));
  return new Map(reports.map(({ body, covered }): [BodyId, string] => {
    const all = declared.get(body.bodyId) ?? [];
    const before = all.filter(({ effectiveFrom }) => effectiveFrom <= covered.start).slice(-1);
    const during = all.filter(({ effectiveFrom }) => effectiveFrom > covered.start && effectiveFrom < covered.end);
    const counts = [...before, ...during].map(({ workstations }) => String(workstations));
    return [body.bodyId, counts.length === 0 ? "–" : counts.join("→")];
  }));
}

/** Whether incidents hold records that are marked as invented. */
export function holdIllustrative(known: Pick<KnownLedger, "timelineOfIncidents">, incidentIds: readonly IncidentId[]): boolean {
  return [...known.timelineOfIncidents([...new Set(incidentIds)]).values()].some((entries) => entries.some(({ actor }) => isIllustrative(actor)));
}

function incidentsOf(reports: readonly ImpactReport[]): readonly IncidentId[] {
  return reports.flatMap(({ disruptions }) => disruptions.map(({ incidentId }) => incidentId));
}
