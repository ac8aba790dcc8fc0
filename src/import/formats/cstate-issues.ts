import type { CstateDeletion, CstateLine, CstateVersion, Numbered } from "./cstate-line.js";

/** An issue under the path it has now. */
interface Issue {
  /** The path it was first seen under: its key for ever, also after renames. */
  readonly key: string;
  versions: number;
  last: CstateVersion;
}
/** What one line says about one issue. */
export type IssueChange =
  | { readonly kind: "version"; readonly key: string; readonly version: number; readonly line: number; readonly front: CstateVersion }
  | { readonly kind: "deletion"; readonly key: string; readonly version: number; readonly line: number; readonly deletion: CstateDeletion }
  | { readonly kind: "unknown-deletion"; readonly line: number; readonly deletion: CstateDeletion };

/** Follows issues through edits, renames and deletions, one commit after another. */
export class CstateIssues {
  private readonly byPath = new Map<string, Issue>();
  private readonly timesUsed = new Map<string, number>();

  /** The changes of one commit, in the order of its lines. A file deleted and one like it created in the same commit are a rename. */
  commit(lines: readonly Numbered<CstateLine>[]): IssueChange[] {
    const renamedFrom = this.renames(lines);
    const gone = new Set(renamedFrom.values());
    return lines.flatMap(({ number, line }): IssueChange[] => {
      if (line.op !== "deleted") return [this.version(number, line, renamedFrom.get(line.path))];
      return gone.has(line.path) ? [] : [this.deletion(number, line)];
    });
  }

  private version(number: number, front: CstateVersion, previousPath: string | undefined): IssueChange {
    const before = this.byPath.get(previousPath ?? front.path);
    if (previousPath !== undefined) this.byPath.delete(previousPath);
    const issue = before ?? { key: this.newKey(front.path), versions: 0, last: front };
    issue.versions += 1;
    issue.last = front;
    this.byPath.set(front.path, issue);
    return { kind: "version", key: issue.key, version: issue.versions, line: number, front };
  }

  private deletion(number: number, deletion: CstateDeletion): IssueChange {
    const issue = this.byPath.get(deletion.path);
    if (issue === undefined) return { kind: "unknown-deletion", line: number, deletion };
    this.byPath.delete(deletion.path);
    return { kind: "deletion", key: issue.key, version: issue.versions + 1, line: number, deletion };
  }

  /** A path that is used again after a deletion is another issue. */
  private newKey(path: string): string {
    const times = (this.timesUsed.get(path) ?? 0) + 1;
    this.timesUsed.set(path, times);
    return times === 1 ? path : `${path}#${times}`;
  }

  /** New path → old path, the most alike first. */
  private renames(lines: readonly Numbered<CstateLine>[]): Map<string, string> {
    const pairs = lines.flatMap(({ line: deleted }) => {
      const old = deleted.op === "deleted" ? this.byPath.get(deleted.path)?.last : undefined;
      if (old === undefined) return [];
      return lines.flatMap(({ line: created }) => (created.op === "created" ? [{ from: deleted.path, to: created.path, likeness: likeness(old, created) }] : []));
    });
    const renamed = new Map<string, string>();
    for (const { line } of lines) if (line.op === "renamed") renamed.set(line.path, line.previous_path);
    const taken = new Set(renamed.values());
    for (const { from, to, likeness: score } of pairs.sort((a, b) => b.likeness - a.likeness)) {
      if (score === 0 || renamed.has(to) || taken.has(from)) continue;
      renamed.set(to, from);
      taken.add(from);
    }
    return renamed;
  }
}

/** How alike two issues are: 0 unless title or start agree; then more for all else that agrees, and for like paths. */
function likeness(a: CstateVersion, b: CstateVersion): number {
  const title = a.title === b.title && typeof a.title === "string";
  const start = a.date === b.date && typeof a.date === "string";
  if (!title && !start) return 0;
  const rest = [a.resolvedWhen === b.resolvedWhen, a.severity === b.severity, JSON.stringify(a.affected) === JSON.stringify(b.affected)];
  return (title ? 4 : 0) + (start ? 3 : 0) + rest.filter(Boolean).length + pathLikeness(a.path, b.path);
}

/** Share of the pairs of neighbouring letters that two paths have in common (Dice's coefficient), 0 to 1. */
function pathLikeness(a: string, b: string): number {
  const pairsOf = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const common = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size);
}
