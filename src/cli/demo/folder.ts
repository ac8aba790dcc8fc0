import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LedgerError } from "../../kernel/errors.js";

/** Where the demo's ledger lies. */
export interface DemoFolder {
  /** Absolute. */
  readonly path: string;
  readonly isKept: boolean;
  removeUnlessKept(): Promise<void>;
}

/**
 * A temporary folder, or the one that the user names. Rejects with LedgerError DATA_FOLDER_UNUSABLE where that one holds anything: the demo never
 * adds to a ledger that is there.
 */
export async function openDemoFolder(named: string | undefined): Promise<DemoFolder> {
  if (named === undefined) {
    const path = await mkdtemp(join(tmpdir(), "incident-ledger-demo-"));
    return { path, isKept: false, removeUnlessKept: () => rm(path, { recursive: true, force: true }) };
  }
  const path = resolve(named);
  if ((await entriesOf(path)).length > 0) {
    throw new LedgerError({ code: "DATA_FOLDER_UNUSABLE", field: "--data", params: { folder: path }, message: `${path} is not empty, and the demo begins with a fresh ledger only: name a new folder (to look at a demo that was kept: serve --data ${named})` });
  }
  return { path, isKept: true, removeUnlessKept: () => Promise.resolve() };
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    const reason = error instanceof Error ? error.message : String(error);
    throw new LedgerError({ code: "DATA_FOLDER_UNUSABLE", field: "--data", params: { folder }, message: `${folder} cannot be used: ${reason}` }, { cause: error });
  }
}
