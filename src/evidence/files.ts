import { createHash, randomUUID } from "node:crypto";
import { open, mkdir, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { Refusal } from "../kernel/errors.js";
import { isSha256, type EvidenceFinding, type EvidenceStore, type OpenEvidence, type PutResult } from "./port.js";

/** Largest file taken, where the options do not say otherwise. */
export const EVIDENCE_LIMIT_BYTES = 100 * 1024 * 1024;
/** Where uploads grow; on the same disk as the rest, so that the final step is one rename. */
const INCOMING = "incoming";
const READ_CHUNK_BYTES = 64 * 1024;

export interface FileEvidenceOptions {
  /** Made when the first file comes: `evidence` in the data folder. */
  readonly folder: string;
  /** Default 100 MiB. */
  readonly limitBytes?: number;
}

/** Evidence as files `ab/cdef…` (the digest, its first two digits as a folder) under one folder. Opening it touches no disk. */
export function createFileEvidence(options: FileEvidenceOptions): EvidenceStore {
  const { folder } = options;
  return {
    put: (content) => put(folder, options.limitBytes ?? EVIDENCE_LIMIT_BYTES, content),
    sizeOf: async (sha256) => (isSha256(sha256) ? sizeOfFile(pathOf(folder, sha256)) : undefined),
    open: async (sha256) => (isSha256(sha256) ? openFile(pathOf(folder, sha256)) : undefined),
    verify: () => verify(folder),
    removeLeftovers: (untouchedMs = 0) => removeLeftovers(path.join(folder, INCOMING), untouchedMs),
  };
}

function pathOf(folder: string, sha256: string): string {
  return path.join(folder, sha256.slice(0, 2), sha256.slice(2));
}

async function put(folder: string, limitBytes: number, content: AsyncIterable<Uint8Array>): Promise<PutResult> {
  const incoming = path.join(folder, INCOMING, randomUUID());
  try {
    const received = await onDisk(() => receive(incoming, limitBytes, content));
    if (received === "too-large") return { kind: "refused", refusal: tooLarge(limitBytes) };
    const repeated = await onDisk(() => settle(folder, incoming, received.sha256));
    return { kind: "kept", ...received, repeated };
  } catch (error) {
    if (error instanceof DiskError) return { kind: "refused", refusal: unwritable(error) };
    throw error;
  } finally {
    // Nothing there after success. Where the disk refuses even this, `removeLeftovers` does it later.
    await rm(incoming, { force: true }).catch(() => undefined);
  }
}

/** A failure of the disk, told apart from one of the content's sender. */
class DiskError extends Error {}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SenderError) throw error.cause;
    if (error instanceof Error && "syscall" in error) throw new DiskError(error.message, { cause: error });
    throw error;
  }
}

/** Wraps what the content threw. */
class SenderError extends Error {}

async function* fromSender(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw new SenderError("the content ended in an error", { cause: error });
  }
}

interface Received {
  readonly sha256: string;
  readonly sizeBytes: number;
}

async function receive(file: string, limitBytes: number, content: AsyncIterable<Uint8Array>): Promise<Received | "too-large"> {
  await makeFolder(path.dirname(file));
  const handle = await open(file, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    for await (const chunk of fromSender(content)) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) return "too-large";
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    // Nobody has reason to write to it again.
    await handle.chmod(0o440);
    await handle.sync();
    return { sha256: hash.digest("hex"), sizeBytes };
  } finally {
    await handle.close();
  }
}

/** Gives a received file its name, durably, also over one of that name: should that have been damaged, it is whole again. Returns whether there was one. */
async function settle(folder: string, incoming: string, sha256: string): Promise<boolean> {
  const file = pathOf(folder, sha256);
  const repeated = (await sizeOfFile(file)) !== undefined;
  await makeFolder(path.dirname(file));
  await rename(incoming, file);
  await syncFolder(path.dirname(file));
  return repeated;
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) await syncFolder(path.dirname(first));
}

/** A new name lasts once the folder that holds it is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOfFile(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function openFile(file: string): Promise<OpenEvidence | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const { size } = await handle.stat();
  return { sizeBytes: size, content: handle.createReadStream({ highWaterMark: READ_CHUNK_BYTES }) };
}

async function* verify(folder: string): AsyncGenerator<EvidenceFinding> {
  for (const name of await namesIn(folder)) {
    if (name === INCOMING) continue;
    if (!/^[0-9a-f]{2}$/.test(name)) yield { kind: "stray", path: name };
    else yield* verifyFolder(folder, name);
  }
}

async function* verifyFolder(folder: string, prefix: string): AsyncGenerator<EvidenceFinding> {
  for (const rest of await namesIn(path.join(folder, prefix))) {
    const sha256 = prefix + rest;
    yield isSha256(sha256) ? await verifyFile(pathOf(folder, sha256), sha256) : { kind: "stray", path: path.join(prefix, rest) };
  }
}

async function verifyFile(file: string, sha256: string): Promise<EvidenceFinding> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    const handle = await open(file, "r");
    for await (const chunk of handle.createReadStream({ highWaterMark: READ_CHUNK_BYTES })) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError("a file that does not read as bytes");
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
    }
  } catch (error) {
    return { kind: "unreadable", sha256, detail: error instanceof Error ? error.message : String(error) };
  }
  const actualSha256 = hash.digest("hex");
  return actualSha256 === sha256 ? { kind: "intact", sha256, sizeBytes } : { kind: "altered", sha256, actualSha256 };
}

async function removeLeftovers(incoming: string, untouchedMs: number): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(incoming)) {
    const left = path.join(incoming, name);
    if (untouchedMs > 0 && (await touchedAt(left)) > Date.now() - untouchedMs) continue;
    await rm(left, { force: true, recursive: true });
    removed += 1;
  }
  return removed;
}

/** Epoch milliseconds of the last write; of what is gone already, never. */
async function touchedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return -Infinity;
    throw error;
  }
}

/** Sorted; empty if there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function tooLarge(limitBytes: number): Refusal {
  return { code: "REQUEST_TOO_LARGE", params: { limitBytes }, message: `the evidence has more than the ${limitBytes} bytes that are taken; nothing of it was kept: split it, or compress it` };
}

function unwritable(error: DiskError): Refusal {
  return { code: "STORE_UNAVAILABLE", params: { reason: error.message }, message: `the evidence folder cannot be written (${error.message}); nothing was kept: free space or give the folder its rights, then send it again` };
}
