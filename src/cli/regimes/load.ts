import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Regime } from "../../domain/obligation/regime.js";
import type { RegimeId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { PACKAGE_FOLDER } from "../package-folder.js";
import { textOf } from "../terms/file.js";
import { readRegimes } from "./read.js";

export type Regimes = ReadonlyMap<RegimeId, Regime>;

/** Folder of a ledger's own regimes, within its data folder. */
export const REGIMES_FOLDER = "regimes";

/**
 * The legal regimes that come with the program, and those that the user put beside the ledger, by id. Rejects with LedgerError INVALID_CONFIGURATION that names the
 * file, the line and the field which cannot be used, or the id that is there twice.
 */
export async function loadRegimes(dataFolder: string): Promise<Regimes> {
  const files = [...(await filesIn(join(PACKAGE_FOLDER, REGIMES_FOLDER))), ...(await filesIn(join(dataFolder, REGIMES_FOLDER)))];
  const found = new Map<RegimeId, Regime>();
  for (const file of files) {
    for (const regime of await regimesIn(file)) {
      if (found.has(regime.id)) throw unusable(file, `it defines ${regime.id}, which another file defines already; give it an id of its own`);
      found.set(regime.id, regime);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function regimesIn(file: string): Promise<readonly Regime[]> {
  const read = readRegimes(await textOf(file));
  if (read.kind === "right") return read.regimes;
  throw unusable(file, read.problems.map(({ line, field, sentence }) => `${line === undefined ? "" : `line ${line}, `}${field === "" ? "the document" : field}: ${sentence}`).join("; "));
}

/** In the order of their names; none where there is no such folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort().map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw unusable(folder, error instanceof Error ? error.message : String(error));
  }
}

function unusable(file: string, why: string): LedgerError {
  return new LedgerError({ code: "INVALID_CONFIGURATION", field: REGIMES_FOLDER, params: { file }, message: `the legal regimes in ${file} cannot be used: ${why}` });
}
