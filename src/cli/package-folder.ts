import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonObject, parseJson } from "../kernel/json.js";

/** The nearest folder above `from` that holds a package.json: the package, from sources and from `dist` alike. */
function above(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("no package.json above the program: the installation is incomplete");
  return above(parent);
}

/** The folder that the program was installed into. */
export const PACKAGE_FOLDER = above(dirname(fileURLToPath(import.meta.url)));

export function packageVersion(): string {
  const value = parseJson(readFileSync(join(PACKAGE_FOLDER, "package.json"), "utf8"));
  return isJsonObject(value) && typeof value["version"] === "string" ? value["version"] : "0.0.0";
}
