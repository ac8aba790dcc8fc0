import { expect } from "chai";
import fc from "fast-check";
import { linesOf, type Line } from "../../src/http/lines.js";

describe("lines of a stream of bytes", () => {
  it("are the same however the bytes are cut (law)", async () => {
    const text = fc.array(fc.string({ unit: "grapheme", maxLength: 8 }).map((line) => line.replaceAll("\n", "")), { maxLength: 8 });
    await fc.assert(fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 7 })), async (lines, cuts) => {
      const expected = lines.map((line, index): Line => ({ kind: "text", number: index + 1, text: line })).filter((line) => line.kind === "text" && line.text.trim() !== "");
      expect(await read(Buffer.from(lines.join("\n")), cuts, 1_000)).to.deep.equal(expected);
    }));
  });

  it("keep their numbers past blank and overlong ones", async () => {
    const bytes = Buffer.from("one\n\n  \nfar too long\nfive5\r\nsix");
    expect(await read(bytes, [3, 9, 1], 6)).to.deep.equal([
      { kind: "text", number: 1, text: "one" },
      { kind: "too-long", number: 4 },
      { kind: "text", number: 5, text: "five5\r" },
      { kind: "text", number: 6, text: "six" },
    ]);
  });

  it("say of bytes that are no UTF-8 that they are none, and go on", async () => {
    const bytes = Buffer.concat([Buffer.from("a\n"), Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from("è\n")]);
    expect(await read(bytes, [1, 1, 1, 1, 1], 100)).to.deep.equal([
      { kind: "text", number: 1, text: "a" },
      { kind: "not-utf8", number: 2 },
      { kind: "text", number: 3, text: "è" },
    ]);
  });
});

async function read(bytes: Buffer, cuts: readonly number[], maxBytes: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(cut(bytes, cuts), maxBytes)) lines.push(line);
  return lines;
}

/** The bytes in pieces of the given lengths, then the rest. */
async function* cut(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const length of lengths) {
    yield await Promise.resolve(bytes.subarray(from, from + length));
    from += length;
  }
  yield bytes.subarray(from);
}
