import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { problemsOf } from "../../domain/refusal.js";
import { termsSchema, type Terms } from "../../domain/terms/terms.js";
import { isJsonObject, parseJson, type JsonObject } from "../../kernel/json.js";
import { ALIAS_PROBLEM, lineOf, syntaxProblems, TOO_MANY_ALIASES, valueOf, YAML_OPTIONS, type PlacedProblem } from "./yaml.js";

export type CheckedTerms = { readonly kind: "right"; readonly terms: Terms } | { readonly kind: "wrong"; readonly problems: readonly PlacedProblem[] };

/** A document of terms in YAML, of which JSON is a part, checked. */
export function readTerms(text: string): CheckedTerms {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: lines });
  if (document.errors.length > 0) return { kind: "wrong", problems: syntaxProblems(document, lines) };
  const value = valueOf(document);
  if (value === TOO_MANY_ALIASES) return { kind: "wrong", problems: [ALIAS_PROBLEM] };
  const parsed = termsSchema.safeParse(value);
  if (parsed.success) return { kind: "right", terms: parsed.data };
  const problems = problemsOf(parsed.error, value).map(({ path, field, sentence }) => ({ field, sentence, line: lineOf(document, lines, path) }));
  return { kind: "wrong", problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

/** The JSON Schema (draft 2020-12) of a document of terms. */
export function termsJsonSchema(): JsonObject {
  const json: unknown = parseJson(JSON.stringify(z.toJSONSchema(termsSchema, { io: "input", unrepresentable: "any" })));
  return isJsonObject(json) ? json : {};
}
