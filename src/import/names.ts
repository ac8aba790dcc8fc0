import { createHash } from "node:crypto";
import { commandId, importId, type CommandId, type ImportId } from "../kernel/brand.js";
import { canonicalJson, type Json } from "../kernel/json.js";

/** Names longer than this are cut, so that an incident's id, made of an import id and a name, fits into 128 characters. */
const MAX_NAME = 60;
/** Longest import id that `importIdOf` and `importFile` accept, for the same reason. */
export const MAX_IMPORT_ID = 60;
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** SHA-256 of canonical JSON, the first `digits` of it in lower-case hexadecimal. */
export function digestOf(value: unknown, digits = 40): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, digits);
}

/**
 * The part of an id that stands for a name in a file. What can be an id stays as it is; anything else becomes lower-case words with a digest of the
 * whole name behind `~`, so that two names never share an id, in any alphabet. Same name, same id, on every machine.
 */
export function idPart(name: string): string {
  if (PLAIN.test(name) && name.length <= MAX_NAME) return name;
  const words = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9._]+/g, "-").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  return `${words === "" ? "x" : words.slice(0, MAX_NAME - 9)}~${digestOf(name, 8)}`;
}

/** The import id of a file that was given none: format and file name without its extensions. */
export function importIdOf(format: string, fileName: string): ImportId {
  const stem = fileName.replace(/^.*[\\/]/, "").replace(/\.gz$/i, "").replace(/\.[A-Za-z0-9]{1,8}$/, "");
  return importId(`${format}.${idPart(stem === "" ? "file" : stem)}`.slice(0, MAX_IMPORT_ID));
}

/** A command id that the same import gives to the same step on every run: what it repeats is recognised by the ledger. */
export function commandIdOf(id: ImportId, ...step: readonly Json[]): CommandId {
  return commandId(`import.${digestOf([id, ...step])}`);
}

/** One line as a title: control characters and line breaks become spaces; cut at 300 characters (UTF-16), never inside a character. */
export function oneLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, " ").replace(/ {2,}/g, " ").trim();
  if (line.length <= 300) return line;
  return `${line.slice(0, 299).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
