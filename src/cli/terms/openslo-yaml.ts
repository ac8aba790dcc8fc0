import { Document, isMap, isScalar, stringify } from "yaml";
import type { Assumed } from "../../domain/terms/openslo/assemble.js";
import type { Terms } from "../../domain/terms/terms.js";
import type { JsonObject } from "../../kernel/json.js";

/** What YAML 1.1 would take for a date or a truth value is quoted, since many tools still read that; lines are not folded. */
const OPTIONS = { compat: "yaml-1.1", lineWidth: 0 } as const;

/** Documents of OpenSLO as one YAML file. */
export function openSloText(documents: readonly JsonObject[]): string {
  return documents.map((document) => stringify(document, OPTIONS)).join("---\n").trimEnd();
}

/** A document of terms in YAML; what was assumed has a comment that says so. */
export function termsText(terms: Terms, assumed: readonly Assumed[]): string {
  const document = new Document(terms, OPTIONS);
  for (const { path, sentence } of assumed) {
    const parent = document.getIn(path.slice(0, -1), true);
    const key = isMap(parent) ? parent.items.map((pair) => pair.key).find((each) => isScalar(each) && each.value === path.at(-1)) : undefined;
    if (isScalar(key)) key.commentBefore = ` Assumed: ${sentence}.`;
  }
  return document.toString(OPTIONS).trimEnd();
}
