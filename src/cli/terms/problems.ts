import type { JsonObject } from "../../kernel/json.js";
import { plural } from "../../reports/words/plural.js";
import { wrap } from "../render/text.js";
import type { PlacedProblem } from "./yaml.js";

/** `✗ file: 2 problems`, and a paragraph for each. */
export function problemsText(file: string, problems: readonly PlacedProblem[], { mark, width }: { readonly mark: string; readonly width: number }): string {
  return [`${mark} ${file}: ${plural(problems.length, "problem", "problems")}`, ...problems.flatMap((each) => paragraph(each, width))].join("\n");
}

/** Lines of a sentence and its place, the second and further ones set in. */
export function paragraph({ line, field, sentence }: PlacedProblem, width: number): readonly string[] {
  const text = `${line === undefined ? "" : `line ${line}, `}${field === "" ? "the document" : field}: ${sentence}`;
  return wrap(text, width - 4).map((part, index) => `  ${index === 0 ? "" : "  "}${part}`);
}

export function problemJson({ field, line, sentence }: PlacedProblem): JsonObject {
  return { field, line: line ?? null, sentence };
}
