import { instant } from "../kernel/brand.js";
import { parseStream, type Category } from "../kernel/stream.js";
import type { NotUnderstood } from "../readmodel/known-ledger.js";
import type { ProvisionalReason, ReportFrame, ReportOptions } from "./frame.js";
import type { ReportQueries } from "./queries.js";

/** The question as it is put: `asOf` set, and the part of the period that had passed. */
export type Question = Pick<ReportFrame, "knowledge" | "period" | "zone" | "asOf" | "covered">;

export function questionOf({ knowledge }: Pick<ReportQueries, "knowledge">, { period, zone, asOf = knowledge.instant }: ReportOptions): Question {
  const end = instant(Math.max(period.start, Math.min(period.end, asOf)));
  return { knowledge, period, zone, asOf, covered: { start: period.start, end } };
}

export function frameOf({ knowledge, period, zone, asOf, covered }: Question, anyOpen: boolean, notUnderstood: readonly NotUnderstood[]): ReportFrame {
  const provisional: ProvisionalReason[] = [];
  if (asOf < period.end) provisional.push("period-not-over");
  if (anyOpen) provisional.push("disruption-open");
  return { knowledge, period, zone, asOf, covered, provisional, notUnderstood };
}

/**
 * The streams that figures depend on, by category. Any incident may hold a disruption that nobody understood: all incidents count. Assessments count with
 * their contract, for the exclusions granted in them; obligations change no figure.
 */
export type DependsOn = { readonly [C in Exclude<Category, "incident" | "assessment" | "obligation">]: ReadonlySet<string> };

/** Of what was not understood, that on which figures depend. */
export function incompleteBy(all: readonly NotUnderstood[], dependsOn: DependsOn): readonly NotUnderstood[] {
  return all.filter(({ stream }) => {
    const parsed = parseStream(stream);
    switch (parsed?.category) {
      case undefined:
      case "incident":
        return true;
      case "obligation":
        return false;
      case "assessment":
        return dependsOn.contract.has(parsed.id.slice(0, parsed.id.lastIndexOf("~")));
      case "body":
      case "service":
      case "contract":
        return dependsOn[parsed.category].has(parsed.id);
    }
  });
}
