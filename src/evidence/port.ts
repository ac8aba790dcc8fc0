import type { Readable } from "node:stream";
import type { Refusal } from "../kernel/errors.js";

/** A digest as evidence is named by it: SHA-256 in 64 lower-case hexadecimal digits. */
const SHA256 = /^[0-9a-f]{64}$/;
export function isSha256(value: unknown): value is string {
  return typeof value === "string" && SHA256.test(value);
}

/** Files that records rest on, each kept once under the SHA-256 of its content. A file that lies there never changes. */
export interface EvidenceStore {
  /**
   * Keeps the content whole or not at all. Once fulfilled with `kept`, it survives `kill -9` and power loss. The same content again is kept once.
   * Rejects with what `content` threw, for instance when an upload was broken off; nothing of it stays then.
   */
  put(content: AsyncIterable<Uint8Array>): Promise<PutResult>;
  /** Size in bytes of what is kept under the digest; undefined if nothing is, or if it is no digest. */
  sizeOf(sha256: string): Promise<number | undefined>;
  /** The content for reading; undefined if nothing is kept under the digest. */
  open(sha256: string): Promise<OpenEvidence | undefined>;
  /** Reads everything that is kept, in the order of the digests, and says of each file whether its content still has the digest of its name. */
  verify(): AsyncIterable<EvidenceFinding>;
  /**
   * Removes what uploads left behind when the process died under them; returns how many there were. `untouchedMs`: only what has not been written to for so
   * long, where other processes write there too.
   */
  removeLeftovers(untouchedMs?: number): Promise<number>;
}

export type PutResult =
  /** `repeated`: it had been kept before. */
  | { readonly kind: "kept"; readonly sha256: string; readonly sizeBytes: number; readonly repeated: boolean }
  /** REQUEST_TOO_LARGE, or STORE_UNAVAILABLE (a full or read-only disk). */
  | { readonly kind: "refused"; readonly refusal: Refusal };

export interface OpenEvidence {
  readonly sizeBytes: number;
  /** To be read to its end or destroyed. */
  readonly content: Readable;
}

export type EvidenceFinding =
  | { readonly kind: "intact"; readonly sha256: string; readonly sizeBytes: number }
  /** The content is no longer what it was when it was kept. */
  | { readonly kind: "altered"; readonly sha256: string; readonly actualSha256: string }
  | { readonly kind: "unreadable"; readonly sha256: string; readonly detail: string }
  /** Something among the evidence that is no evidence; path relative to the evidence folder. */
  | { readonly kind: "stray"; readonly path: string };
