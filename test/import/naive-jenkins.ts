import { readFileSync } from "node:fs";
import { z } from "zod";
import { HALVES, type Excluded, type Hit } from "./naive-seconds.js";

/** The mapping of a cState history once more, straight from its lines and independent of the product (its only import is the walk by seconds). */

const lineSchema = z.object({
  path: z.string(), commit: z.string(), committed_at: z.string(), op: z.enum(["created", "edited", "deleted"]), title: z.string().nullish(), date: z.string().nullish(),
  resolved: z.string().nullish(), resolvedWhen: z.string().nullish(), severity: z.string().nullish(), affected: z.array(z.string()).nullish(),
});
type Line = z.infer<typeof lineSchema>;

/** A window as it was announced at a time, in seconds. */
export interface Announced {
  readonly from: number;
  readonly to: number;
  readonly services: readonly string[];
  readonly at: number;
}

/** What one version of an issue says; times in seconds. */
export interface IssueState {
  readonly key: string;
  readonly title: string;
  readonly start: number;
  readonly kind: "maintenance" | "incident";
  readonly degree: "outage" | "partial" | "none";
  readonly services: readonly string[];
  /** Earliest and latest end. */
  readonly end: readonly [earliest: number, latest: number] | undefined;
  /** Maintenance that can be announced: its window, and all that was announced of it, without a break, with the last. */
  readonly window: { readonly from: number; readonly to: number; readonly announced: readonly Announced[] } | undefined;
}
export interface Version {
  readonly at: number;
  readonly key: string;
  /** Undefined: really deleted. */
  readonly state: IssueState | undefined;
}

/** Seconds of a time as the history writes them, or undefined: digits may be missing or doubled, without a zone it is UTC. */
export function seconds(text: string): number | undefined {
  const match = /^(\d+)-(\d+)-(\d+)[T ](\d+):(\d+)(?::(\d+))?\s*(.*)$/.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits: string | undefined) => Number(digits ?? "0").toString().padStart(2, "0"));
  const zone = ["", "UTC", "Z", "-00:00"].includes(match[7] ?? "") ? "Z" : match[7];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** Every version that can be taken, in the order of the file. */
export function versionsOf(path: string): Version[] {
  const lines = readFileSync(path, "utf8").trim().split("\n").map((text) => lineSchema.parse(JSON.parse(text)));
  const keys = new Map<string, string>();
  const front = new Map<string, Line>();
  const announced = new Map<string, readonly Announced[]>();
  const versions: Version[] = [];
  const renamed = renamesOf(lines);
  lines.forEach((line, index) => {
    const at = seconds(line.committed_at) ?? NaN;
    const from = renamed.get(index);
    if (line.op === "deleted") {
      if ([...renamed.values()].includes(index)) return;
      versions.push({ at, key: keys.get(line.path) ?? line.path, state: undefined });
      return;
    }
    const key = from === undefined ? (keys.get(line.path) ?? line.path) : (keys.get(lines[from]?.path ?? "") ?? lines[from]?.path ?? "");
    keys.set(line.path, key);
    front.set(key, line);
    const state = stateOf(line, key, at, announced);
    if (state !== undefined) versions.push({ at, key, state });
  });
  return versions;
}

/** Line of a creation → line of the deletion that it goes on from: of one commit, the two that agree in most. */
function renamesOf(lines: readonly Line[]): Map<number, number> {
  const last = new Map<string, Line>();
  const renames = new Map<number, number>();
  for (let from = 0; from < lines.length; ) {
    const commit = lines[from]?.commit;
    let to = from;
    while (lines[to]?.commit === commit && to < lines.length) to += 1;
    const inCommit = Array.from({ length: to - from }, (_, offset) => from + offset);
    for (const gone of inCommit.filter((index) => lines[index]?.op === "deleted")) {
      const old = last.get(lines[gone]?.path ?? "");
      const agreeing = inCommit.filter((index) => lines[index]?.op === "created").map((index) => ({ index, score: agreement(old, lines[index]) })).sort((a, b) => b.score - a.score);
      if (agreeing[0] !== undefined && agreeing[0].score > 1) renames.set(agreeing[0].index, gone);
    }
    for (const index of inCommit) {
      const line = lines[index];
      if (line !== undefined && line.op !== "deleted") last.set(line.path, line);
    }
    from = to;
  }
  return renames;
}

function agreement(a: Line | undefined, b: Line | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return [a.title === b.title, a.date === b.date, a.resolvedWhen === b.resolvedWhen, JSON.stringify(a.affected) === JSON.stringify(b.affected), a.severity === b.severity].filter(Boolean).length;
}

function stateOf(line: Line, key: string, at: number, announced: Map<string, readonly Announced[]>): IssueState | undefined {
  const start = seconds(line.date ?? "");
  if (start === undefined) return undefined;
  const maintenance = `${line.title} ${line.path}`.toLowerCase().includes("maintenance");
  const stated = seconds(line.resolvedWhen ?? "");
  const usable = stated !== undefined && stated >= start ? stated : undefined;
  const services = [...new Set(line.affected ?? [])];
  const open = maintenance && usable !== undefined && usable > start && services.length > 0;
  if (open) announced.set(key, [...(announced.get(key) ?? []), { from: start, to: usable, services, at }]);
  else announced.delete(key);
  const resolved = line.resolved === "true";
  const end: IssueState["end"] = !resolved ? undefined : usable !== undefined ? [usable, usable] : [start, Math.max(start, at)];
  return {
    key, title: line.title ?? "", start, services, kind: maintenance ? "maintenance" : "incident",
    degree: maintenance || line.severity === "notice" ? "none" : line.severity === "down" ? "outage" : "partial",
    end: maintenance ? undefined : end,
    window: open ? { from: start, to: usable, announced: announced.get(key) ?? [] } : undefined,
  };
}

/** The state of every issue as of a commit time, deleted ones left out. */
export function asOf(versions: readonly Version[], at: number): Map<string, IssueState> {
  const states = new Map<string, IssueState>();
  for (const version of versions) {
    if (version.at > at) continue;
    if (version.state === undefined) states.delete(version.key);
    else states.set(version.key, version.state);
  }
  return states;
}

/** What hit a service, with open and banded ends as early or as late as they may be. */
export function hitsOn(states: Iterable<IssueState>, service: string | undefined, { side, horizon }: { readonly side: 0 | 1; readonly horizon: number }): Hit[] {
  return [...states].filter(({ degree, services }) => degree !== "none" && services.length > 0 && (service === undefined || services.includes(service)))
    .map(({ start, end, degree }) => ({ from: start, to: end?.[side] ?? horizon, halves: HALVES[degree] ?? 0 }));
}

/** Of the window of a service's maintenance, what some announcement of it had named before it began: what was changed afterwards counts as an overrun. */
export function exclusionsOf(states: Iterable<IssueState>, service: string): Excluded[] {
  return [...states].flatMap(({ services, window }) => (window === undefined || !services.includes(service) ? [] : announcedOf(window, service).filter(({ at, from }) => at < from).map(({ part }) => part)));
}

/** Each announcement of a maintenance with the part of the window, as it is now, that it named. */
export function announcedOf({ from, to, announced }: NonNullable<IssueState["window"]>, service: string): readonly (Announced & { readonly part: Excluded })[] {
  return announced.filter(({ services }) => services.includes(service)).map((each) => ({ ...each, part: { from: Math.max(from, each.from), to: Math.min(to, each.to) } })).filter(({ part }) => part.from < part.to);
}
