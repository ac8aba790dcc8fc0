import stringWidth from "string-width";
import { padEnd, padStart, wrap } from "./text.js";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Longest line before the text wraps, in columns of the terminal. */
  readonly maxWidth?: number;
}

const GAP = "  ";

/** Columns aligned by what a terminal shows (wide characters and emoji included), a rule below the heading, text wrapped within its column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], paint: (heading: string) => string = (text) => text): string {
  const cells = rows.map((row) => columns.map(({ maxWidth }, index) => (maxWidth === undefined ? [row[index] ?? ""] : wrap(row[index] ?? "", maxWidth))));
  const widths = columns.map(({ title }, index) => Math.max(stringWidth(title), ...cells.flatMap((row) => (row[index] ?? []).map((line) => stringWidth(line)))));
  const lineOf = (texts: readonly string[]): string =>
    columns.map(({ align }, index) => (align === "right" ? padStart : padEnd)(texts[index] ?? "", widths[index] ?? 0)).join(GAP).trimEnd();
  const body = cells.flatMap((row) => Array.from({ length: Math.max(1, ...row.map((lines) => lines.length)) }, (_, line) => lineOf(row.map((lines) => lines[line] ?? ""))));
  return [paint(lineOf(columns.map(({ title }) => title))), paint(widths.map((width) => "─".repeat(width)).join(GAP)), ...body].join("\n");
}
