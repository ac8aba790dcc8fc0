/** Most characters of a value that a message repeats. */
const MAX_QUOTED = 80;

/** What cannot be seen, or turns the direction of what follows it, so that a message could be misread: control and format characters, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Whether a value is short enough in kind to be repeated in a message: text, a number, a boolean or null. */
export function isQuotable(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** A value as a message repeats it: text in quotes, else as `plain` gives it. */
export function quoted(value: string | number | boolean | null): string {
  return typeof value === "string" ? `"${plain(value)}"` : String(value);
}

/** A value for showing: text clipped to 80 characters, with what cannot be seen written as `\u{…}`; anything else as it is. */
export function plain<T extends string | number | boolean | null>(value: T): T | string {
  if (typeof value !== "string") return value;
  const characters = Array.from(value.slice(0, 2 * MAX_QUOTED));
  const clipped = characters.length > MAX_QUOTED || value.length > 2 * MAX_QUOTED;
  return visible(clipped ? `${characters.slice(0, MAX_QUOTED).join("")}…` : value);
}

function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** "a", "a or b", "a, b or c". */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}
