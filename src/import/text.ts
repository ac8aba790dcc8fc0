import { LedgerError } from "../kernel/errors.js";
import type { ImportLimits } from "./limits.js";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export type Encoding = "utf-8" | "windows-1252";

/** One line of a file without its ending, or why it cannot be read. Lines count from 1. */
export type Line =
  | { readonly kind: "text"; readonly number: number; readonly text: string }
  | { readonly kind: "too-long"; readonly number: number; readonly limitBytes: number }
  | { readonly kind: "not-decodable"; readonly number: number };

/**
 * The lines of a file, ended by LF or CR LF, a byte order mark left out. At most one line is held at a time, and never more of it than
 * `maxLineBytes`: the rest of a longer line is passed over.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limits: ImportLimits, encoding: Encoding): AsyncGenerator<Line> {
  const line = new LineBuffer(limits.maxLineBytes, encoding);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      line.add(chunk.subarray(from, end));
      yield line.take();
      from = end + 1;
    }
    line.add(chunk.subarray(from));
  }
  if (!line.empty) yield line.take();
}

class LineBuffer {
  private parts: Buffer[] = [];
  private bytes = 0;
  private number = 0;
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(private readonly limitBytes: number, encoding: Encoding) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  get empty(): boolean {
    return this.bytes === 0;
  }

  add(part: Buffer): void {
    this.bytes += part.byteLength;
    if (this.bytes > this.limitBytes) this.parts = [];
    else if (part.byteLength > 0) this.parts.push(part);
  }

  take(): Line {
    this.number += 1;
    const { number, limitBytes } = this;
    const [parts, bytes] = [this.parts, this.bytes];
    this.parts = [];
    this.bytes = 0;
    if (bytes > limitBytes) return { kind: "too-long", number, limitBytes };
    const whole = Buffer.concat(parts);
    const text = this.decode(whole.at(-1) === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole);
    return text === undefined ? { kind: "not-decodable", number } : { kind: "text", number, text };
  }

  private decode(bytes: Buffer): string | undefined {
    try {
      const text = this.decoder.decode(bytes);
      return this.number === 1 ? text.replace(/^\uFEFF/, "") : text;
    } catch {
      return undefined;
    }
  }
}

/** A whole document as text. Throws LedgerError: REQUEST_TOO_LARGE beyond `maxDocumentBytes`, INVALID_INPUT for bytes that are not in the encoding. */
export async function documentOf(chunks: AsyncIterable<Buffer>, limits: ImportLimits, encoding: Encoding): Promise<string> {
  const parts: Buffer[] = [];
  const limitBytes = limits.maxDocumentBytes;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) {
      throw new LedgerError({ code: "REQUEST_TOO_LARGE", params: { limitBytes }, message: `a JSON document of more than ${limitBytes} bytes cannot be read whole; split it and import the parts under the same import id` });
    }
    parts.push(chunk);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(Buffer.concat(parts)).replace(/^\uFEFF/, "");
  } catch (error) {
    throw new LedgerError({ code: "INVALID_INPUT", message: NOT_UTF8 }, { cause: error });
  }
}

export const NOT_UTF8 = "it is not UTF-8 text; save it as UTF-8, or say which encoding it has (windows-1252)";
