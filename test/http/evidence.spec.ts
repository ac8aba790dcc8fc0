import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { actorId, commandId, entryId, incidentId } from "../../src/kernel/brand.js";
import { unverified } from "../../src/graphql/context.js";
import { at } from "../support/given.js";
import { ask, errorOf, serve, until, type Answer, type Served } from "./served.js";

const RELAZIONE = Buffer.from("%PDF-1.7\nRelazione sul disservizio del 25 settembre 2019\n");
const DIGEST = createHash("sha256").update(RELAZIONE).digest("hex");

describe("evidence over HTTP", () => {
  let served: Served;
  beforeEach(async () => (served = await serve({ evidenceLimitBytes: 100_000 })));
  afterEach(() => served.end());

  const put = (body: Buffer, headers = {}): Promise<Answer> => ask(served, { method: "PUT", path: "/evidence", headers, body });

  it("keeps what is sent, names it by its digest and gives it back to be saved", async () => {
    const sent = await put(RELAZIONE, { "content-type": "application/pdf" });
    expect(sent.status).to.equal(201);
    expect(sent.body).to.deep.equal({ sha256: DIGEST, sizeBytes: RELAZIONE.length, repeated: false });
    expect(sent.headers.location).to.equal(`/evidence/${DIGEST}`);
    const got = await ask(served, { path: `/evidence/${DIGEST}` });
    expect(got.status).to.equal(200);
    expect(got.text).to.equal(RELAZIONE.toString());
    expect(got.headers).to.include({
      "content-type": "application/octet-stream",
      "content-length": String(RELAZIONE.length),
      "content-disposition": `attachment; filename=${DIGEST}`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  it("keeps the same file once, and says so", async () => {
    await put(RELAZIONE);
    const again = await put(RELAZIONE);
    expect(again.status).to.equal(200);
    expect(again.body).to.include({ sha256: DIGEST, repeated: true });
  });

  it("gives the name and media type of the record that names it", async () => {
    await put(RELAZIONE);
    await record({ type: "ReportIncident", data: { incidentId: incidentId("cloud"), title: "Cloud fermo", occurredAt: at("2019-09-25T06:10:00Z") } }, "report");
    await record({
      type: "AttachEvidence",
      data: { incidentId: incidentId("cloud"), entryId: entryId("relazione"), occurredAt: at("2019-10-21T08:00:00Z"), sha256: DIGEST, fileName: "Relazione è così.pdf", mediaType: "application/pdf", sizeBytes: RELAZIONE.length },
    }, "attach");
    await served.services.readModel.waitUntilCaughtUp(5_000);
    const { headers } = await ask(served, { method: "HEAD", path: `/evidence/${DIGEST}` });
    expect(headers).to.include({ "content-type": "application/pdf", "content-length": String(RELAZIONE.length) });
    expect(headers["content-disposition"]).to.match(/^attachment; filename="Relazione .*\.pdf"; filename\*=UTF-8''Relazione%20%C3%A8%20cos%C3%AC\.pdf$/);
  });

  it("refuses what is too large, keeps nothing of it and lets the client read why", async () => {
    const refused = await put(Buffer.alloc(3_000_000));
    expect(refused.status).to.equal(413);
    expect(errorOf(refused).extensions).to.deep.include({ code: "REQUEST_TOO_LARGE", params: { limitBytes: 100_000 } });
    expect(await readdir(path.join(served.folder, "evidence", "incoming"))).to.deep.equal([]);
  });

  it("keeps nothing of an upload that breaks off, and is well afterwards", async () => {
    const upload = request({ host: "127.0.0.1", port: served.port, method: "PUT", path: "/evidence", headers: { "content-length": 50_000 } });
    upload.on("error", () => undefined);
    upload.write(Buffer.alloc(10_000));
    await until(async () => (await namesIn("incoming")).length === 1);
    upload.destroy();
    await until(async () => (await namesIn("incoming")).length === 0);
    expect(await namesIn(".")).to.deep.equal(["incoming"]);
    expect((await put(RELAZIONE)).status).to.equal(201);
    expect(served.log.filter(({ msg }) => msg !== "request")).to.deep.equal([]);
  });

  it("refuses a body that would not be kept byte for byte", async () => {
    const refused = await put(RELAZIONE, { "content-encoding": "gzip" });
    expect(refused.status).to.equal(415);
    expect(errorOf(refused).extensions["code"]).to.equal("UNKNOWN_FORMAT");
  });

  it("says of what is not kept, and of what is no digest, that it is not there", async () => {
    const unknown = await ask(served, { path: `/evidence/${"0".repeat(64)}` });
    expect(unknown.status).to.equal(404);
    expect(errorOf(unknown).extensions["code"]).to.equal("NOT_FOUND");
    for (const name of [DIGEST.toUpperCase(), "..%2f..%2fevents.sqlite", "relazione.pdf"]) {
      const refused = await ask(served, { path: `/evidence/${name}` });
      expect(refused.status, name).to.equal(400);
      expect(errorOf(refused).extensions["code"]).to.equal("INVALID_ID");
    }
  });

  async function record(command: Parameters<Served["services"]["ledger"]["submit"]>[0]["command"], id: string): Promise<void> {
    const result = await served.services.ledger.submit({ command, commandId: commandId(id), actor: unverified(actorId("lead-body")) });
    if (result.kind === "refused") throw new Error(result.refusal.message);
  }
  async function namesIn(folder: string): Promise<string[]> {
    return readdir(path.join(served.folder, "evidence", folder)).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    });
  }
});
