import { expect } from "chai";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createFileEvidence } from "../../src/evidence/files.js";
import type { EvidenceFinding, EvidenceStore, PutResult } from "../../src/evidence/port.js";

const RELAZIONE = "Relazione sul disservizio del 25 settembre 2019";

describe("evidence as files", () => {
  let folder: string;
  let evidence: EvidenceStore;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), "evidence-")), "evidence");
    evidence = createFileEvidence({ folder, limitBytes: 1000 });
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

  it("keeps a file under its SHA-256 and gives it back byte for byte", async () => {
    const result = await evidence.put(pieces(RELAZIONE.slice(0, 10), RELAZIONE.slice(10)));
    const sha256 = digest(RELAZIONE);
    expect(result).to.deep.equal({ kind: "kept", sha256, sizeBytes: RELAZIONE.length, repeated: false });
    expect(await readFile(path.join(folder, sha256.slice(0, 2), sha256.slice(2)), "utf8")).to.equal(RELAZIONE);
    expect(await evidence.sizeOf(sha256)).to.equal(RELAZIONE.length);
    const opened = await evidence.open(sha256);
    expect(opened?.sizeBytes).to.equal(RELAZIONE.length);
    expect(await textOf(opened?.content)).to.equal(RELAZIONE);
  });

  it("keeps an empty file too", async () => {
    expect(await evidence.put(pieces())).to.include({ kind: "kept", sha256: digest(""), sizeBytes: 0 });
    expect(await evidence.sizeOf(digest(""))).to.equal(0);
  });

  it("keeps the same content once, and makes a damaged file whole again", async () => {
    const { sha256 } = kept(await evidence.put(pieces(RELAZIONE)));
    expect(kept(await evidence.put(pieces(RELAZIONE))).repeated).to.equal(true);
    const file = path.join(folder, sha256.slice(0, 2), sha256.slice(2));
    await rm(file);
    await writeFile(file, "short");
    expect(kept(await evidence.put(pieces(RELAZIONE))).repeated).to.equal(true);
    expect(await readFile(file, "utf8")).to.equal(RELAZIONE);
    expect(await namesOf(folder)).to.have.members(["incoming", sha256.slice(0, 2)]);
  });

  it("takes the same content from several senders at once", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => evidence.put(pieces(RELAZIONE))));
    expect(new Set(results.map((result) => kept(result).sha256))).to.deep.equal(new Set([digest(RELAZIONE)]));
    expect(await namesOf(path.join(folder, "incoming"))).to.deep.equal([]);
  });

  it("takes what has exactly the limit, refuses one byte more and keeps nothing of it", async () => {
    expect((await evidence.put(pieces("x".repeat(600), "x".repeat(400)))).kind).to.equal("kept");
    const refused = await evidence.put(pieces("y".repeat(600), "y".repeat(401)));
    expect(refused).to.have.nested.property("refusal.code", "REQUEST_TOO_LARGE");
    expect(refused).to.have.nested.property("refusal.params.limitBytes", 1000);
    expect(await namesOf(path.join(folder, "incoming"))).to.deep.equal([]);
    expect(await evidence.sizeOf(digest("y".repeat(1001)))).to.equal(undefined);
  });

  it("keeps nothing of an upload that breaks off, and says why it did", async () => {
    const broken = new Error("the line from Valmadrera went dead");
    const error: unknown = await evidence.put(breaking(broken)).catch((reason: unknown) => reason);
    expect(error).to.equal(broken);
    expect(await namesOf(path.join(folder, "incoming"))).to.deep.equal([]);
    expect(await namesOf(folder)).to.deep.equal(["incoming"]);
  });

  it("refuses clearly where the folder cannot be written", async () => {
    await writeFile(folder, "a file where a folder should be");
    const refused = await evidence.put(pieces(RELAZIONE));
    expect(refused).to.have.nested.property("refusal.code", "STORE_UNAVAILABLE");
    expect(refused).to.have.nested.property("refusal.message").that.matches(/evidence folder cannot be written.*nothing was kept/);
  });

  it("knows nothing of what is no digest, wherever that would lead", async () => {
    await evidence.put(pieces(RELAZIONE));
    for (const name of ["", "..", "../../etc/passwd", digest(RELAZIONE).toUpperCase(), digest(RELAZIONE).slice(1), digest("other")]) {
      expect(await evidence.sizeOf(name), name).to.equal(undefined);
      expect(await evidence.open(name), name).to.equal(undefined);
    }
  });

  it("write-protects what it keeps", async () => {
    const { sha256 } = kept(await evidence.put(pieces(RELAZIONE)));
    expect((await stat(path.join(folder, sha256.slice(0, 2), sha256.slice(2)))).mode & 0o222).to.equal(0);
  });

  it("finds what is intact, altered and stray", async () => {
    expect(await findingsOf(evidence)).to.deep.equal([]);
    const good = kept(await evidence.put(pieces(RELAZIONE))).sha256;
    const bad = kept(await evidence.put(pieces("verbale"))).sha256;
    const file = path.join(folder, bad.slice(0, 2), bad.slice(2));
    await chmod(file, 0o600);
    await writeFile(file, "Verbale");
    await mkdir(path.join(folder, "00"), { recursive: true });
    await writeFile(path.join(folder, "00", "notes.txt"), "");
    await writeFile(path.join(folder, "readme"), "");
    expect(await findingsOf(evidence)).to.have.deep.members([
      { kind: "intact", sha256: good, sizeBytes: RELAZIONE.length },
      { kind: "altered", sha256: bad, actualSha256: digest("Verbale") },
      { kind: "stray", path: path.join("00", "notes.txt") },
      { kind: "stray", path: "readme" },
    ]);
  });

  it("says of a digest whose file cannot be read that it cannot", async () => {
    const sha256 = digest("a folder of that name");
    await mkdir(path.join(folder, sha256.slice(0, 2), sha256.slice(2)), { recursive: true });
    const [finding] = await findingsOf(evidence);
    expect(finding).to.include({ kind: "unreadable", sha256 });
  });

  it("removes what died uploads left, and nothing else", async () => {
    const { sha256 } = kept(await evidence.put(pieces(RELAZIONE)));
    await writeFile(path.join(folder, "incoming", "left-by-a-crash"), "half a file");
    expect(await evidence.removeLeftovers(60_000), "perhaps another process writes it now").to.equal(0);
    expect(await evidence.removeLeftovers()).to.equal(1);
    expect(await namesOf(path.join(folder, "incoming"))).to.deep.equal([]);
    expect(await evidence.sizeOf(sha256)).to.equal(RELAZIONE.length);
  });
});

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
async function* breaking(error: Error): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from("the first half"));
  throw error;
}
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
function kept(result: PutResult): Extract<PutResult, { kind: "kept" }> {
  if (result.kind === "kept") return result;
  throw new Error(result.refusal.message);
}
async function namesOf(folder: string): Promise<string[]> {
  return readdir(folder);
}
async function textOf(content: AsyncIterable<unknown> | undefined): Promise<string> {
  let text = "";
  for await (const chunk of content ?? []) text += String(chunk);
  return text;
}
async function findingsOf(evidence: EvidenceStore): Promise<EvidenceFinding[]> {
  const findings: EvidenceFinding[] = [];
  for await (const finding of evidence.verify()) findings.push(finding);
  return findings;
}
