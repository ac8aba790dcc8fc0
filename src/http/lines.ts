const NEWLINE = 0x0a;
const BLANK = /^\s*$/;

export type Line =
  | { readonly kind: "text"; readonly number: number; readonly text: string }
  /** Longer than the bound: its content was let go. */
  | { readonly kind: "too-long"; readonly number: number }
  | { readonly kind: "not-utf8"; readonly number: number };

/** The lines of a stream of bytes, numbered from 1; blank ones are passed over. Holds no more than one line of at most `maxBytes` at a time. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  const line = new LineBuffer(maxBytes);
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      line.add(chunk.subarray(from, end));
      from = end + 1;
      const ended = line.end();
      if (ended !== undefined) yield ended;
    }
    line.add(chunk.subarray(from));
  }
  const last = line.end();
  if (last !== undefined) yield last;
}

class LineBuffer {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #parts: Uint8Array[] = [];
  #sizeBytes = 0;
  #number = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(part: Uint8Array): void {
    this.#sizeBytes += part.byteLength;
    if (this.#sizeBytes > this.#maxBytes) this.#parts = [];
    else if (part.byteLength > 0) this.#parts.push(part);
  }

  /** The line that ends here; undefined if it is blank. */
  end(): Line | undefined {
    this.#number += 1;
    const number = this.#number;
    const isTooLong = this.#sizeBytes > this.#maxBytes;
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#sizeBytes = 0;
    if (isTooLong) return { kind: "too-long", number };
    const text = this.#decode(bytes);
    if (text === undefined) return { kind: "not-utf8", number };
    return BLANK.test(text) ? undefined : { kind: "text", number, text };
  }

  #decode(bytes: Uint8Array): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }
}
