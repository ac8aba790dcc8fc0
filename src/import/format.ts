import { LedgerError } from "../kernel/errors.js";
import { isJsonObject, parseJson } from "../kernel/json.js";
import { dialectOf } from "./formats/csv-records.js";

/** The outside formats that can be imported (docs/imports.md describes each). */
export const FORMATS = ["csv", "commands", "statuspage", "cstate", "google-cloud"] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT_NAMES: Record<Format, string> = {
  csv: "CSV of disruptions",
  commands: "NDJSON of commands",
  statuspage: "Statuspage v2 incidents.json",
  cstate: "cState history",
  "google-cloud": "Google Cloud incidents.json",
};

/** First bytes of what is often mistaken for a file to import, with what to do about it. */
const BINARY: readonly (readonly [signature: string, what: string])[] = [
  ["504b0304", "a ZIP archive or an Excel or OpenDocument workbook; save the sheet as CSV, or unpack the archive"],
  ["d0cf11e0", "an old Excel or Word file; save the sheet as CSV"],
  ["25504446", "a PDF; import the data it was made from"],
  ["89504e47", "a picture"],
  ["ffd8ff", "a picture"],
  ["28b52ffd", "compressed with zstd; unpack it, or compress it with gzip"],
  ["425a68", "compressed with bzip2; unpack it, or compress it with gzip"],
  ["fd377a58", "compressed with xz; unpack it, or compress it with gzip"],
  ["53514c697465", "an SQLite database"],
  ["fffe", "UTF-16 text; save it as UTF-8"],
  ["feff", "UTF-16 text; save it as UTF-8"],
];
/** Which formats a file name's ending promises. Any other ending promises nothing. */
const PROMISES: Readonly<Record<string, readonly Format[]>> = {
  csv: ["csv"],
  tsv: ["csv"],
  json: ["commands", "statuspage", "cstate", "google-cloud"],
  jsonl: ["commands", "cstate"],
  ndjson: ["commands", "cstate"],
};

/**
 * The format of a file, from the beginning of its content; its name only has to agree. `wanted` is the format that the operator named.
 * Throws LedgerError UNKNOWN_FORMAT that says what was seen instead.
 */
export function formatOf(head: Buffer, fileName: string, wanted: Format | undefined): Format {
  if (head.byteLength === 0) throw unknown(fileName, "the file is empty");
  const found = recognise(head, fileName);
  if (wanted !== undefined) {
    if (found === wanted) return wanted;
    throw unknown(fileName, `it was named as ${FORMAT_NAMES[wanted]}, but it holds ${FORMAT_NAMES[found]}`);
  }
  const ending = /\.([A-Za-z0-9]+)$/.exec(fileName.replace(/\.gz$/i, ""))?.[1]?.toLowerCase() ?? "";
  const promised = Object.hasOwn(PROMISES, ending) ? PROMISES[ending] : undefined;
  if (promised === undefined || promised.includes(found)) return found;
  throw unknown(fileName, `its name promises .${ending}, but it holds ${FORMAT_NAMES[found]}; if that is right, rename it or name the format`);
}

function recognise(head: Buffer, fileName: string): Format {
  const hex = head.subarray(0, 8).toString("hex");
  const binary = BINARY.find(([signature]) => hex.startsWith(signature));
  if (binary !== undefined) throw unknown(fileName, `it is ${binary[1]}`);
  if (head.includes(0)) throw unknown(fileName, "it holds binary data, not text");
  const text = head.toString("utf8").replace(/^\uFEFF/, "").trimStart();
  if (text === "") throw unknown(fileName, "it holds nothing but blank lines");
  const format = text.startsWith("[") || text.startsWith("{") ? recogniseJson(text) : recogniseText(text);
  if (format === undefined) throw unknown(fileName, `it begins with ${JSON.stringify(text.slice(0, 40))}`);
  return format;
}

function recogniseText(text: string): Format | undefined {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return dialectOf(header) === undefined ? undefined : "csv";
}

/** A first line that is a whole JSON object decides between the formats of lines; otherwise the names of the first properties do. */
function recogniseJson(text: string): Format | undefined {
  const first = jsonOf(/^[^\r\n]*/.exec(text)?.[0] ?? "");
  if (isJsonObject(first)) {
    if ("committed_at" in first && "path" in first && "op" in first) return "cstate";
    if (typeof first["type"] === "string") return "commands";
    return "incidents" in first || "scheduled_maintenances" in first ? "statuspage" : undefined;
  }
  if (text.startsWith("[")) return /"external_desc"|"status_impact"|"affected_products"/.test(text) || /^\[\s*\]\s*$/.test(text) ? "google-cloud" : undefined;
  // A first line too long to be seen whole.
  if (/^\{\s*"type"\s*:\s*"[A-Z]\w*"\s*,/.test(text)) return "commands";
  return /^\{\s*"(page|incidents|scheduled_maintenances)"\s*:/.test(text) ? "statuspage" : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function unknown(fileName: string, what: string): LedgerError {
  const known = FORMATS.map((format) => FORMAT_NAMES[format]).join(", ");
  return new LedgerError({ code: "UNKNOWN_FORMAT", params: { fileName }, message: `${fileName} cannot be imported: ${what}. Known formats: ${known}` });
}
