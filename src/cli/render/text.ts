import stringWidth from "string-width";

/** Columns that a terminal fills with `text`: wide characters and emoji count two, colours none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** `text` filled with spaces up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

const GRAPHEMES = new Intl.Segmenter("it", { granularity: "grapheme" });

/** At most `width` columns of `text`, the last of them `…` if something was cut; never inside a character. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of at most `width` columns, broken at spaces; what is longer than a line is broken where the line ends. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \t\r\n]+/).filter((each) => each !== "").flatMap((each) => pieces(each, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [""];
  for (const { segment } of GRAPHEMES.segment(word)) {
    const last = found.at(-1) ?? "";
    if (last !== "" && widthOf(last + segment) > width) found.push(segment);
    else found[found.length - 1] = last + segment;
  }
  return found;
}

/** What a terminal would obey instead of showing (control characters, changes of direction) becomes a space; joiners inside characters stay. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (/[\u200c\u200d]|[\u{e0020}-\u{e007f}]/u.test(character) ? character : " "));
}
