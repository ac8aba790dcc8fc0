import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { LedgerError } from "../kernel/errors.js";
import { isSha256, type EvidenceStore } from "../evidence/port.js";
import type { LedgerServices } from "../graphql/context.js";
import { EVERYTHING } from "../readmodel/knowledge.js";
import type { EvidenceRow } from "../../projections/rows.js";

/** What a file is taken for as long as no record says what it is. */
const UNKNOWN_TYPE = "application/octet-stream";

/**
 * `PUT /evidence`: the body is kept as it comes; answers its digest and size, which `attachEvidence` then names. An upload that breaks off leaves
 * nothing; sent again it is kept once.
 */
export async function takeEvidence(evidence: EvidenceStore, req: Request, res: Response): Promise<void> {
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new LedgerError({ code: "UNKNOWN_FORMAT", params: { encoding }, message: `evidence is kept byte for byte: send it without content-encoding (${encoding})` });
  }
  const result = await evidence.put(req.iterator({ destroyOnReturn: false }));
  if (result.kind === "refused") {
    // The rest of the body is let go, so that the client comes to read the answer.
    req.resume();
    throw new LedgerError(result.refusal);
  }
  const { sha256, sizeBytes, repeated } = result;
  res.status(repeated ? 200 : 201).location(`/evidence/${sha256}`).json({ sha256, sizeBytes, repeated });
}

/** `GET /evidence/:sha256`: the file, to be saved and never to be shown or run, with the name and media type that the latest record of it gives. */
export async function sendEvidence(evidence: EvidenceStore, services: LedgerServices, req: Request, res: Response): Promise<void> {
  const { sha256 } = req.params;
  if (!isSha256(sha256)) throw new LedgerError({ code: "INVALID_ID", field: "sha256", message: "evidence is named by its SHA-256, 64 hexadecimal digits in lower case" });
  const record = await recordOf(services, sha256);
  const opened = await evidence.open(sha256);
  if (opened === undefined) throw new LedgerError({ code: "NOT_FOUND", field: "sha256", params: { sha256 }, message: `no evidence ${sha256} is kept here` });
  res.attachment(record?.fileName ?? sha256);
  res.setHeader("content-type", record?.mediaType ?? UNKNOWN_TYPE);
  res.setHeader("content-length", opened.sizeBytes);
  res.setHeader("cache-control", "private, max-age=31536000, immutable");
  res.setHeader("content-security-policy", "default-src 'none'; sandbox");
  if (req.method === "HEAD") {
    opened.content.destroy();
    res.end();
  } else {
    await pipeline(opened.content, res);
  }
}

async function recordOf({ readModel, clock }: LedgerServices, sha256: string): Promise<EvidenceRow | undefined> {
  const knowledge = await readModel.resolve({ kind: "now" }, clock());
  return readModel.at(knowledge, EVERYTHING).evidenceOfDigests([sha256]).get(sha256)?.at(-1);
}
