import { padEnd, padStart, truncate, widthOf, wrap } from "./text.js";

export interface Column {
  /** Heading in the first language, and in the second. */
  readonly titles: readonly [string, string];
  readonly align: "left" | "right";
  /** May be cut when the table is wider than its place; at least so many columns stay. */
  readonly shrinksTo?: number;
  /** May be left out when that is not enough; the lowest first. */
  readonly leavesAs?: number;
}
export interface Row {
  readonly cells: readonly string[];
  /** Of the whole line. */
  readonly paint?: (line: string) => string;
}
export interface TableLook {
  readonly width: number;
  readonly title: (text: string) => string;
  readonly subtitle: (text: string) => string;
}

const GAP = "  ";
/** A heading is wrapped rather than that it makes its column wider than this. */
const TITLE_WIDTH = 17;

/**
 * Columns aligned by what a terminal shows, headings in two languages above a rule. Rows after a `"rule"` stand below a further one.
 * A table wider than its place is narrowed where its columns allow it, and loses those that may be left out.
 */
export function table(columns: readonly Column[], rows: readonly (Row | "rule")[], look: TableLook): string[] {
  const heads = columns.map(({ titles }) => titles.map((title) => wrap(title, TITLE_WIDTH)));
  const widths = fitted(columns, naturalWidths(columns, heads, rows), look.width);
  const leaving = isTooWide(widths, look.width) ? leavesFirst(columns) : undefined;
  if (leaving !== undefined) return table(without(columns, leaving), rows.map((row) => (row === "rule" ? row : { ...row, cells: without(row.cells, leaving) })), look);
  const lineOf = (cells: readonly string[]): string => columns.map(({ align }, index) => fill(cells[index] ?? "", widths[index] ?? 0, align)).join(GAP).trimEnd();
  const headLines = (which: 0 | 1): string[] => {
    const height = Math.max(...heads.map((head) => head[which]?.length ?? 0));
    return Array.from({ length: height }, (_, line) => lineOf(heads.map((head) => {
      const lines = head[which] ?? [];
      return lines[line - (height - lines.length)] ?? "";
    })));
  };
  const rule = look.subtitle(widths.map((width) => "─".repeat(width)).join(GAP));
  const body = rows.map((row) => (row === "rule" ? rule : (row.paint ?? ((line: string) => line))(lineOf(row.cells))));
  return [...headLines(0).map(look.title), ...headLines(1).map(look.subtitle), rule, ...body];
}

function naturalWidths(columns: readonly Column[], heads: readonly (readonly string[][])[], rows: readonly (Row | "rule")[]): number[] {
  return columns.map((_, index) => {
    const cells = rows.flatMap((row) => (row === "rule" ? [] : [row.cells[index] ?? ""]));
    return Math.max(...(heads[index] ?? []).flat().map(widthOf), ...cells.map(widthOf));
  });
}

function excessOf(widths: readonly number[], width: number): number {
  return widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1) - width;
}
function isTooWide(widths: readonly number[], width: number): boolean {
  return excessOf(widths, width) > 0;
}
/** Index of the column that leaves next; undefined if all must stay. */
function leavesFirst(columns: readonly Column[]): number | undefined {
  const [first] = columns.flatMap(({ leavesAs }, index) => (leavesAs === undefined ? [] : [{ leavesAs, index }])).sort((a, b) => a.leavesAs - b.leavesAs);
  return first?.index;
}
function without<Each>(all: readonly Each[], leaving: number): Each[] {
  return all.filter((_, index) => index !== leaving);
}

/** Takes what is too much from the columns that may be cut, the widest first. */
function fitted(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = excessOf(widths, width);
  while (excess > 0) {
    const widest = columns.map(({ shrinksTo }, index) => ({ index, spare: shrinksTo === undefined ? 0 : (widths[index] ?? 0) - shrinksTo })).sort((a, b) => b.spare - a.spare)[0];
    if (widest === undefined || widest.spare <= 0) return widths;
    const taken = Math.min(excess, widest.spare);
    widths[widest.index] = (widths[widest.index] ?? 0) - taken;
    excess -= taken;
  }
  return widths;
}

function fill(text: string, width: number, align: Column["align"]): string {
  const fitting = truncate(text, width);
  return align === "right" ? padStart(fitting, width) : padEnd(fitting, width);
}
