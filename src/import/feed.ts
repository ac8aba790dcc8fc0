import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { LedgerError } from "../kernel/errors.js";
import type { ImportLimits } from "./limits.js";
import type { ImportSource } from "./source.js";

/** Bytes looked at to tell the format. */
const HEAD_BYTES = 64 * 1024;

/** A file's bytes, unpacked if they were compressed, with their beginning to look at first. */
export interface Feed {
  readonly head: Buffer;
  /** All bytes, those of `head` included. To be read once; throws LedgerError for a damaged or oversize file. */
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Opens a file. gzip is recognised by its first bytes (RFC 1952) and unpacked. `onBytes` hears of each chunk as stored. Throws LedgerError:
 * REQUEST_TOO_LARGE beyond `maxFileBytes` (unpacked), INVALID_INPUT for a damaged gzip file or one that cannot be read.
 */
export async function openFeed(source: ImportSource, limits: ImportLimits, onBytes: (bytes: number) => void): Promise<Feed> {
  const stored = await withHead(counted(source, onBytes), 2);
  const gzip = stored.head[0] === 0x1f && stored.head[1] === 0x8b;
  return withHead(bounded(gzip ? unpacked(stored.chunks) : stored.chunks, limits.maxFileBytes), HEAD_BYTES);
}

async function* counted(source: ImportSource, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source.open()) {
      onBytes(chunk.byteLength);
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  } catch (error) {
    throw unreadable(source.fileName, error);
  }
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const input = Readable.from(chunks);
  input.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of input.pipe(gunzip)) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    const detail = error instanceof Error ? error.message : "damaged";
    throw new LedgerError({ code: "INVALID_INPUT", params: { detail }, message: `the gzip file is damaged or cut off (${detail}); fetch it again` }, { cause: error });
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

async function* bounded(chunks: AsyncIterable<Buffer>, limitBytes: number): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.byteLength;
    if (read > limitBytes) {
      throw new LedgerError({ code: "REQUEST_TOO_LARGE", params: { limitBytes }, message: `the file has more than ${limitBytes} bytes, unpacked; split it and import the parts under the same import id` });
    }
    yield chunk;
  }
}

async function withHead(chunks: AsyncGenerator<Buffer>, bytes: number): Promise<{ head: Buffer; chunks: AsyncGenerator<Buffer> }> {
  const first: Buffer[] = [];
  let have = 0;
  while (have < bytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    have += next.value.byteLength;
  }
  const head = Buffer.concat(first);
  return { head: head.subarray(0, bytes), chunks: replayed(head, chunks) };
}

async function* replayed(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.byteLength > 0) yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function unreadable(fileName: string, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  const detail = error instanceof Error ? error.message : "unknown reason";
  return new LedgerError({ code: "INVALID_INPUT", params: { fileName, detail }, message: `${fileName} cannot be read (${detail})` }, { cause: error });
}
