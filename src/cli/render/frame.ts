import type { Instant } from "../../kernel/brand.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { ReportFrame } from "../../reports/frame.js";
import { rational } from "../../kernel/rational.js";
import { durationText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import { ILLUSTRATIVE_MARK } from "./illustrative.js";
import { pageWords, type Style } from "./style.js";
import { wrap } from "./text.js";
import { clockText, fullTime, shortDate, zoneAbbreviation } from "./time.js";

/** Which state of knowledge a page shows; nothing is said of the present one beyond its position. */
export function knowledgeLine({ position, instant, knownAt }: Knowledge, style: Style): string {
  const words = pageWords(style);
  if (position === undefined) return style.paint.dim(words.nothingKnown);
  const line = words.knownAt(position, fullTime(instant, style.speaking.zone));
  return knownAt.kind === "now" ? style.paint.dim(line) : style.paint.yellow(line);
}

/** `720 h, 01/09/2019 00:00 CEST – 01/10/2019 00:00 CEST`: what the figures are over. */
export function coveredText({ covered }: Pick<ReportFrame, "covered">, { speaking: { zone, language } }: Style): string {
  const edge = (at: Instant): string => `${shortDate(at, zone)} ${clockText(at, zone)} ${zoneAbbreviation(at, zone)}`;
  return `${durationText(rational(covered.end - covered.start), WORDS[language])}, ${edge(covered.start)} – ${edge(covered.end)}`;
}

/** Why figures may still change, and what they leave out; empty if there is nothing of the kind. */
export function caveats({ provisional, notUnderstood, knowledge }: Pick<ReportFrame, "provisional" | "notUnderstood" | "knowledge">, style: Style): string[] {
  const page = pageWords(style);
  const reasons = provisional.map((reason) => WORDS[style.speaking.language].provisional[reason]);
  const recent = knowledge.provisional && knowledge.knownAt.kind !== "now" ? [page.provisionalKnowledge] : [];
  const all = [...reasons, ...recent];
  return [
    ...(all.length === 0 ? [] : wrap(`${page.provisional}: ${all.join("; ")}.`, style.width).map(style.paint.yellow)),
    ...(notUnderstood.length === 0 ? [] : [style.paint.red(page.incomplete(notUnderstood.length))]),
  ];
}

export function illustrativeNote(style: Style): string {
  return style.paint.dim(`${ILLUSTRATIVE_MARK} ${pageWords(style).illustrative}.`);
}

/** Notes below figures, wrapped. */
export function notes(texts: readonly string[], { paint, width }: Style): string[] {
  return texts.flatMap((text) => wrap(text, width)).map(paint.dim);
}
