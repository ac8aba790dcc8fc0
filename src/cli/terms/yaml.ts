import { isNode, LineCounter, parseAllDocuments, type Document } from "yaml";

/** How YAML is read: dates stay text, keys are given once. A few aliases are taken, bombs of them are not. */
export const YAML_OPTIONS = { schema: "core", uniqueKeys: true } as const;
const MOST_ALIASES = 100;

/** Something wrong, and where it stands. */
export interface PlacedProblem {
  /** `indicators.0.threshold`; empty for the document itself. */
  readonly field: string;
  readonly sentence: string;
  /** From 1; undefined where the file says nothing of it. */
  readonly line: number | undefined;
}

export const TOO_MANY_ALIASES = Symbol("too many aliases");
export const ALIAS_PROBLEM: PlacedProblem = { field: "", line: undefined, sentence: "it refers to parts of itself too often; write them out" };

/** What a document holds. */
export function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY_ALIASES;
    throw error;
  }
}

export function syntaxProblems(document: Document.Parsed, lines: LineCounter): readonly PlacedProblem[] {
  return document.errors.map(({ message, pos }) => ({ field: "", line: lines.linePos(pos[0]).line, sentence: `it is no YAML: ${message.split("\n")[0] ?? message}` }));
}

/** The line of the innermost part of the path that the document has. */
export function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}

/** One of the documents of a file. */
export interface YamlDocument {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}
export type YamlDocuments = { readonly kind: "right"; readonly documents: readonly YamlDocument[] } | { readonly kind: "wrong"; readonly problems: readonly PlacedProblem[] };

/** All documents of a file, divided by `---`, or as the entries of a list. Empty ones are passed over. */
export function readDocuments(text: string): YamlDocuments {
  const lines = new LineCounter();
  const parsed = [...parseAllDocuments(text, { ...YAML_OPTIONS, lineCounter: lines })];
  const problems = parsed.flatMap((document) => syntaxProblems(document, lines));
  if (problems.length > 0) return { kind: "wrong", problems };
  const documents = parsed.flatMap((document): readonly YamlDocument[] => {
    const value = valueOf(document);
    const placed = (each: unknown, prefix: readonly PropertyKey[]): YamlDocument => ({ value: each, lineOf: (path) => lineOf(document, lines, [...prefix, ...path]) });
    if (value === null) return [];
    return Array.isArray(value) ? value.map((each, index) => placed(each, [index])) : [placed(value, [])];
  });
  return documents.some(({ value }) => value === TOO_MANY_ALIASES) ? { kind: "wrong", problems: [ALIAS_PROBLEM] } : { kind: "right", documents };
}
