import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of real incident histories; none of it is part of the project. */
const FOLDER = process.env["SHARED_DATA"] ?? join(import.meta.dirname, "../../../shared/data");

/** A suite over a shared file, given its path; where it is absent, one test that says so. */
export function withSharedFile(title: string, name: string, suite: (path: string) => void): void {
  const path = join(FOLDER, name);
  describe(title, () => {
    if (existsSync(path)) suite(path);
    else it(`skipped: no shared data (${name})`, () => {
      console.log("skipped: no shared data");
    });
  });
}
