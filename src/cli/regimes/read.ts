import { problemsOf } from "../../domain/refusal.js";
import { regimeSchema, type Regime } from "../../domain/obligation/regime.js";
import { readDocuments, type PlacedProblem } from "../terms/yaml.js";

export type CheckedRegimes = { readonly kind: "right"; readonly regimes: readonly Regime[] } | { readonly kind: "wrong"; readonly problems: readonly PlacedProblem[] };

/** Legal regimes in YAML, of which JSON is a part: one or several documents, checked. */
export function readRegimes(text: string): CheckedRegimes {
  const read = readDocuments(text);
  if (read.kind === "wrong") return read;
  if (read.documents.length === 0) return { kind: "wrong", problems: [{ field: "", line: undefined, sentence: "it is empty; write a regime, or take the file away" }] };
  const parsed = read.documents.map((document) => ({ document, result: regimeSchema.safeParse(document.value) }));
  const problems = parsed.flatMap(({ document, result }) =>
    (result.success ? [] : problemsOf(result.error, document.value).map(({ path, field, sentence }) => ({ field, sentence, line: document.lineOf(path) }))));
  if (problems.length > 0) return { kind: "wrong", problems };
  return { kind: "right", regimes: parsed.flatMap(({ result }) => (result.success ? [result.data] : [])) };
}
