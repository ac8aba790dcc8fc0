import { createRequire } from "node:module";
import { isJsonObject } from "../../kernel/json.js";
import type { TimeData } from "../../reports/terms/recorded-time.js";

/** Zone and holiday data of this program, by version. */
export const TIME_DATA: TimeData = { zoneData: process.versions["tz"] ?? "unknown", holidayData: `date-holidays ${versionOf("date-holidays")}` };

function versionOf(library: string): string {
  const manifest: unknown = createRequire(import.meta.url)(`${library}/package.json`);
  const version = isJsonObject(manifest) ? manifest["version"] : undefined;
  return typeof version === "string" ? version : "unknown";
}
