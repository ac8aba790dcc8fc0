import type { Instant } from "../../kernel/brand.js";
import { parseJson } from "../../kernel/json.js";
import { DEGREES } from "../../domain/values.js";
import type { Case, CaseDisruption, CaseIncident, Reading, ReaderSettings } from "../case.js";
import type { Effect } from "../mapping.js";
import { idPart, oneLine } from "../names.js";
import { atLine, problem, type Note } from "../notes.js";
import { NOT_UTF8, type Line } from "../text.js";
import { CstateIssues, type IssueChange } from "./cstate-issues.js";
import { cstateLineSchema, type CstateLine, type CstateVersion, type Numbered } from "./cstate-line.js";
import { endOf, readTime, type EndOfIssue } from "./cstate-times.js";
import { FirstNeed, siteOf, textOf, type Site } from "./reading.js";

/** Most lines of one commit that are looked at together for renames. */
const MAX_COMMIT_LINES = 10_000;
const SITE = "cstate";
const EFFECTS: Readonly<Record<string, Effect>> = { down: "outage", disrupted: "partial", notice: "none" };

type Version = Extract<IssueChange, { kind: "version" }>;
interface Context {
  readonly settings: ReaderSettings;
  readonly site: Site;
  readonly needs: FirstNeed;
}

/**
 * A cState history: every version of every issue, one JSON object a line, oldest first, lines of one commit together. Each version becomes what should
 * hold from its commit on; the site is one body that has every service.
 */
export async function* readCstate(lines: AsyncIterable<Line>, settings: ReaderSettings): AsyncGenerator<Reading> {
  const context = { settings, site: siteOf(settings, SITE, "cState site"), needs: new FirstNeed() };
  const issues = new CstateIssues();
  for await (const part of commitsOf(lines)) {
    if (!Array.isArray(part)) yield part;
    else for (const change of issues.commit(part)) yield* readChange(change, context);
  }
}

type Commit = Numbered<CstateLine>[];

/** Lines of the same commit that follow each other, and what was wrong with lines. */
async function* commitsOf(lines: AsyncIterable<Line>): AsyncGenerator<Commit | Note> {
  let commit: Commit = [];
  for await (const line of lines) {
    const parsed = parseLine(line);
    if (parsed === undefined) continue;
    if ("kind" in parsed) {
      yield parsed;
      continue;
    }
    if (commit[0] !== undefined && (commit[0].line.commit !== parsed.line.commit || commit.length >= MAX_COMMIT_LINES)) {
      yield commit;
      commit = [];
    }
    commit.push(parsed);
  }
  yield commit;
}

function parseLine(line: Line): Numbered<CstateLine> | Note | undefined {
  const place = atLine(line.number);
  if (line.kind === "too-long") return problem(place, "REQUEST_TOO_LARGE", `the line has more than ${line.limitBytes} bytes`);
  if (line.kind === "not-decodable") return problem(place, "INVALID_INPUT", NOT_UTF8);
  if (line.text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = parseJson(line.text);
  } catch {
    return problem(place, "INVALID_INPUT", "the line is not JSON; the version of the issue on it was not taken");
  }
  const parsed = cstateLineSchema.safeParse(value);
  if (parsed.success) return { number: line.number, line: parsed.data };
  const issue = parsed.error.issues[0];
  return problem(place, "INVALID_INPUT", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}; the version of the issue was not taken`);
}

function* readChange(change: IssueChange, context: Context): Generator<Reading> {
  const place = atLine(change.line);
  if (change.kind === "unknown-deletion") {
    yield problem(place, "NOT_FOUND", `the issue ${change.deletion.path} is deleted, but the file does not hold it; nothing was withdrawn`);
    return;
  }
  const recorded = readTime(change.kind === "version" ? change.front.committed_at : change.deletion.committed_at, "committed_at", place);
  yield* recorded.notes;
  if (recorded.at === undefined) return;
  if (change.kind === "deletion") yield { ...emptyCase(change, context, recorded.at), reason: `The source deleted the issue (commit ${change.deletion.commit.slice(0, 12)}).` };
  else yield* readVersion(change, context, recorded.at);
}

function emptyCase(change: Exclude<IssueChange, { kind: "unknown-deletion" }>, { site }: Context, recordedAt: Instant): Omit<Case, "reason"> {
  return {
    kind: "case",
    key: change.key,
    name: idPart(change.key.replace(/^content\/issues\//, "").replace(/\.md$/, "")),
    version: change.version,
    place: atLine(change.line),
    sourceRecordedAt: recordedAt,
    maintenance: [],
    maintenanceUnder: site.contractId,
  };
}

function* readVersion(change: Version, context: Context, recordedAt: Instant): Generator<Reading> {
  const { front, line } = change;
  const place = atLine(line);
  const start = readTime(front.date ?? "", "date", place);
  yield* start.notes;
  if (start.at === undefined) return;
  const effect = effectOf(front, context.settings);
  if (effect === undefined) {
    yield problem(place, "INVALID_INPUT", `the severity ${JSON.stringify(front.severity)} is not down, disrupted or notice; the version of the issue was not taken`);
    return;
  }
  const end = endOf({ front, start: start.at, recordedAt, planned: effect === "maintenance", place });
  yield* end.notes;
  yield* requirementsOf(front, context, recordedAt, line);
  const base = { ...emptyCase(change, context, recordedAt), reason: `The source says otherwise since commit ${front.commit.slice(0, 12)}.` };
  if (effect === "maintenance") yield* readMaintenance(base, change, { start: start.at, end }, context);
  else yield* readIncident(base, front, { start: start.at, end, effect }, context);
}

function effectOf(front: CstateVersion, settings: ReaderSettings): Effect | undefined {
  const maintenance = /maintenance/i.test(front.title ?? "") || /maintenance/i.test(front.path);
  const word = maintenance ? "maintenance" : (front.severity ?? "");
  if (Object.hasOwn(settings.degrees, word)) return settings.degrees[word];
  if (maintenance) return "maintenance";
  return Object.hasOwn(EFFECTS, word) ? EFFECTS[word] : undefined;
}

function servicesOf(front: CstateVersion): string[] {
  return [...new Set((front.affected ?? []).map((name) => oneLine(name)).filter((name) => name !== ""))];
}

function* requirementsOf(front: CstateVersion, { site, needs }: Context, recordedAt: Instant, line: number): Generator<Reading> {
  const place = atLine(line);
  yield* needs.of({ kind: "contract", contractId: site.contractId, title: site.name, supplier: site.name }, place, recordedAt);
  yield* needs.of({ kind: "body", bodyId: site.bodyId, name: site.name, workstations: 1 }, place, recordedAt);
  for (const name of servicesOf(front)) {
    const serviceId = site.serviceOf(name);
    yield* needs.of({ kind: "service", serviceId, name, contractId: site.contractId }, place, recordedAt);
    yield* needs.of({ kind: "adoption", serviceId, bodyId: site.bodyId }, place, recordedAt);
  }
}

interface Span {
  readonly start: Instant;
  readonly end: EndOfIssue;
}

function* readMaintenance(base: Case, { front }: Version, { start, end }: Span, { site, settings }: Context): Generator<Reading> {
  const serviceIds = servicesOf(front).map(site.serviceOf);
  if (serviceIds.length === 0) yield problem(base.place, "INVALID_INPUT", "the maintenance names no service, so it is not announced");
  if (end.window === undefined || serviceIds.length === 0) {
    yield base;
    return;
  }
  const text = textOf(titleOf(front), settings.language);
  yield { ...base, maintenance: [{ key: "maintenance", serviceIds, window: { start, end: end.window }, text }] };
}

function* readIncident(base: Case, front: CstateVersion, { start, end, effect }: Span & { effect: Effect }, { site }: Context): Generator<Reading> {
  const degree = DEGREES.find((each) => each === effect);
  const services = servicesOf(front);
  if (degree !== undefined && services.length === 0) yield problem(base.place, "INVALID_INPUT", "the issue names no affected service, so it is recorded without a disruption");
  const disruptions: CaseDisruption[] = degree === undefined ? [] : services.map((name) => ({
    key: idPart(name),
    serviceId: site.serviceOf(name),
    scope: { kind: "all" },
    degree,
    start,
    changes: [],
    ...(end.when !== undefined && { end: end.when }),
  }));
  const incident: CaseIncident = {
    title: titleOf(front), occurredAt: start, contractId: site.contractId, disruptions, entries: [], ...(end.when !== undefined && { resolvedAt: end.when }),
  };
  yield { ...base, incident };
}

function titleOf(front: CstateVersion): string {
  const title = oneLine(front.title ?? "");
  return title === "" ? oneLine(front.path) : title;
}
