import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A data folder for each test of the surrounding `describe`, removed afterwards. */
export function temporaryFolder({ beforeRemoval }: { readonly beforeRemoval?: (folder: string) => void } = {}): () => string {
  let folder: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "incident-ledger-"));
  });
  afterEach(() => {
    if (folder === undefined) return;
    beforeRemoval?.(folder);
    rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });
  return () => {
    if (folder === undefined) throw new TypeError("a data folder is there only while a test runs");
    return folder;
  };
}
