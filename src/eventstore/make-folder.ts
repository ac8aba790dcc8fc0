import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder with those above it that are missing. Throws what the system says. (`mkdirSync` with `recursive` never comes back where the system refuses a folder
 * with ENOENT though the one above it is there, as Linux does in /proc.)
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Someone else may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}
