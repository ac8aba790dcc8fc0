import type { Response } from "express";

/** Newline-delimited JSON: one value a line, UTF-8. */
export const NDJSON = "application/x-ndjson";

/** Begins an answer of lines. */
export function beginLines(res: Response): void {
  res.status(200).setHeader("content-type", `${NDJSON}; charset=utf-8`);
  res.flushHeaders();
}

/** Writes one line and waits while the client does not read. Rejects if the client has gone. */
export async function writeLine(res: Response, value: unknown): Promise<void> {
  if (res.destroyed || res.writableEnded) throw new ClientGone();
  if (res.write(`${JSON.stringify(value)}\n`)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      res.off("drain", settle).off("close", settle);
      if (res.destroyed) reject(new ClientGone());
      else resolve();
    };
    res.on("drain", settle).on("close", settle);
  });
}

/** Nobody is left to answer. */
export class ClientGone extends Error {
  constructor() {
    super("the client has gone");
  }
}
