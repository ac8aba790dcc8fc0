import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { problemsOf, type Problem } from "../../domain/refusal.js";
import { termsSchema, type Terms } from "../../domain/terms/terms.js";
import { isJsonObject, parseJson, type JsonObject } from "../../kernel/json.js";

/** Something wrong, and where it stands. */
export interface PlacedProblem extends Pick<Problem, "field" | "sentence"> {
  /** From 1; undefined where the file says nothing of it. */
  readonly line: number | undefined;
}
export type CheckedTerms = { readonly kind: "right"; readonly terms: Terms } | { readonly kind: "wrong"; readonly problems: readonly PlacedProblem[] };

/** A document of terms in YAML, of which JSON is a part, checked. Dates stay text; a few aliases are taken, bombs of them are not. */
export function readTerms(text: string): CheckedTerms {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: "core", uniqueKeys: true });
  if (document.errors.length > 0) {
    return { kind: "wrong", problems: document.errors.map(({ message, pos }) => ({ field: "", line: lines.linePos(pos[0]).line, sentence: `it is no YAML: ${message.split("\n")[0] ?? message}` })) };
  }
  const value = valueOf(document);
  if (value === TOO_MANY_ALIASES) return { kind: "wrong", problems: [{ field: "", line: undefined, sentence: "it refers to parts of itself too often; write them out" }] };
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

const TOO_MANY_ALIASES = Symbol("too many aliases");
const MOST_ALIASES = 100;

function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY_ALIASES;
    throw error;
  }
}

/** The line of the innermost part of the path that the document has. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}
