import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { makeFolder } from "../../eventstore/make-folder.js";
import { EVENTS_FILE, openReadOnlyEventStore } from "../../eventstore/sqlite.js";
import { LedgerError } from "../../kernel/errors.js";
import { parseJson } from "../../kernel/json.js";
import { EVIDENCE_FOLDER } from "../open-ledger.js";

const MANIFEST = "manifest.json";
const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** Position of the last event in the copy; null for an empty ledger. */
  lastPosition: z.string().nullable(),
  files: z.array(z.strictObject({ path: z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[^/\\][^\\]*$/), sizeBytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
/** What a backup holds: each file with its size and digest. */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Copies a ledger's events and evidence into a folder that does not exist yet; safe while a server runs. The evidence is copied after the events: every file that
 * they name is there then. The folder takes its name only when it is whole. Throws LedgerError DATA_FOLDER_UNUSABLE, DATA_FOLDER_CORRUPT, and AbortError; nothing is left then.
 */
export async function backUp(dataFolder: string, target: string, signal?: AbortSignal): Promise<Manifest> {
  if (existsSync(target)) throw unusable(target, "it exists already; name a folder that does not exist yet");
  return making(target, async (unfinished) => {
    const lastPosition = await copyEvents(dataFolder, unfinished);
    for (const path of await evidenceFiles(dataFolder)) await copy(join(dataFolder, path), join(unfinished, path), signal);
    const files: Manifest["files"] = [];
    for (const path of [EVENTS_FILE, ...(await evidenceFiles(unfinished))]) files.push(await entryOf(unfinished, path));
    const manifest: Manifest = { format: 1, lastPosition, files };
    await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { flush: true });
    return manifest;
  });
}

/**
 * Copies a backup into a data folder that does not exist yet or is empty, after checking every file against the manifest. Throws LedgerError DATA_FOLDER_CORRUPT for the
 * backup, DATA_FOLDER_UNUSABLE for the folder, and AbortError; nothing is restored then.
 */
export async function restore(backup: string, dataFolder: string, signal?: AbortSignal): Promise<Manifest> {
  const manifest = await readManifest(backup);
  await mustBeEmpty(dataFolder);
  return making(dataFolder, async (unfinished) => {
    for (const { path, sizeBytes, sha256 } of manifest.files) {
      if (!existsSync(join(backup, path))) throw damaged(backup, `${path}, which its ${MANIFEST} names, is missing`);
      await copy(join(backup, path), join(unfinished, path), signal);
      const actual = await entryOf(unfinished, path);
      if (actual.sha256 !== sha256 || actual.sizeBytes !== sizeBytes) throw damaged(backup, `${path} is not what was backed up (its digest is ${actual.sha256})`);
    }
    return manifest;
  });
}

/** Fills a folder under a passing name and gives it its own when it is whole; an empty folder of that name gives way. */
async function making<T>(folder: string, fill: (unfinished: string) => Promise<T>): Promise<T> {
  const unfinished = `${folder}.unfinished-${process.pid}`;
  try {
    makeFolder(unfinished);
    const made = await fill(unfinished);
    if (existsSync(folder)) await rmdir(folder);
    await rename(unfinished, folder);
    return made;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (error instanceof LedgerError || (error instanceof Error && error.name === "AbortError")) throw error;
    throw unusable(folder, reasonOf(error));
  }
}

async function mustBeEmpty(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const entries = await readdir(folder).catch((error: unknown) => Promise.reject(unusable(folder, reasonOf(error))));
  if (entries.length > 0) throw unusable(folder, "it is not empty; a backup is restored into an empty or a new folder only, so name another with --data");
}

async function copyEvents(dataFolder: string, target: string): Promise<string | null> {
  const store = openReadOnlyEventStore(dataFolder);
  try {
    store.backupTo(join(target, EVENTS_FILE));
  } finally {
    await store.close();
  }
  const copied = openReadOnlyEventStore(target);
  try {
    const last = await copied.lastPosition();
    return last.kind === "position" ? (last.position ?? null) : null;
  } finally {
    await copied.close();
    for (const suffix of ["-wal", "-shm"]) await rm(join(target, `${EVENTS_FILE}${suffix}`), { force: true });
  }
}

/** Paths relative to the folder, with forward slashes, in order. Uploads under way are no evidence yet. */
async function evidenceFiles(folder: string): Promise<string[]> {
  const root = join(folder, EVIDENCE_FOLDER);
  if (!existsSync(root)) return [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return files.filter((path) => /^evidence\/[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path)).sort();
}

async function entryOf(folder: string, path: string): Promise<Manifest["files"][number]> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(join(folder, path)), hash);
  return { path, sizeBytes: (await stat(join(folder, path))).size, sha256: hash.digest("hex") };
}

async function copy(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await pipeline(createReadStream(from), createWriteStream(to, { flags: "wx", flush: true }), { ...(signal !== undefined && { signal }) });
}

async function readManifest(backup: string): Promise<Manifest> {
  const text = await readFile(join(backup, MANIFEST), "utf8").catch(() => undefined);
  if (text === undefined) throw damaged(backup, `it has no ${MANIFEST}; name the folder that the backup was written to`);
  const manifest = manifestSchema.safeParse(jsonIn(text)).data;
  if (manifest?.files.some(({ path }) => path === EVENTS_FILE) === true) return manifest;
  throw damaged(backup, `its ${MANIFEST} cannot be read, or is that of another release`);
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function damaged(folder: string, reason: string): LedgerError {
  return new LedgerError({ code: "DATA_FOLDER_CORRUPT", params: { folder, reason }, message: `the backup ${folder} cannot be used: ${reason}. Nothing was restored` });
}
function unusable(folder: string, reason: string): LedgerError {
  return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { folder, reason }, message: `${folder} cannot be used: ${reason}` });
}
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
