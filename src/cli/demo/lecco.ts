import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenLedger } from "../open-ledger.js";
import { PACKAGE_FOLDER } from "../package-folder.js";
import { readStory } from "./story-line.js";
import { tellStory, type StoryClock } from "./tell-story.js";

const PATIENCE_MS = 60_000;

/** Records the story of Lecco, and waits for the read models to have taken it. */
export async function tellLecco(ledger: OpenLedger, clock: StoryClock): Promise<void> {
  const folder = join(PACKAGE_FOLDER, "demo");
  const story = readStory(await readFile(join(folder, "lecco.ndjson"), "utf8"));
  await tellStory(story, { ledger: ledger.ledger, evidence: ledger.evidence, readModel: ledger.readModel, clock, folder });
  await ledger.readModel.waitUntilCaughtUp(PATIENCE_MS);
}
