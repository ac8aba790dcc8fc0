import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExampleQuery } from "../../http/explorer.js";
import { PACKAGE_FOLDER } from "../package-folder.js";

/** Files of the three users' queries, and what each asks. */
const ASKED = [
  { file: "member-body.graphql", title: "Ente: che cosa ci ha colpito" },
  { file: "province.graphql", title: "Provincia: che cosa è successo" },
  { file: "contract-manager.graphql", title: "Gestore del contratto: la cifra e le sue parti" },
] as const;

/** A query on the demo's ledger for each of the three users, as the README shows them. */
export function demoQueries(): Promise<readonly ExampleQuery[]> {
  return Promise.all(ASKED.map(async ({ file, title }) => ({ title, query: await readFile(join(PACKAGE_FOLDER, "demo", "queries", file), "utf8") })));
}
