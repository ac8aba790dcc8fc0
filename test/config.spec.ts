import { expect } from "chai";
import { readConfiguration } from "../src/config.js";

function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return expect.fail("taken");
}

describe("the configuration's event store", () => {
  it("is the data folder's own where none is named", () => {
    for (const environment of [{}, { EVENTSTORE_URL: "" }]) expect(readConfiguration(environment).eventStoreUrl).to.equal(undefined);
  });

  it("is the server that EVENTSTORE_URL names", () => {
    const url = "kurrentdb://il-writer:segreto@node1:2113,node2:2113?tls=true";
    expect(readConfiguration({ EVENTSTORE_URL: url }).eventStoreUrl).to.equal(url);
  });

  it("comes with a folder of evidence that its processes share, which means nothing without it", () => {
    expect(readConfiguration({ EVENTSTORE_URL: "esdb://node1", EVIDENCE_DIR: "/srv/evidence" }).evidenceFolder).to.equal("/srv/evidence");
    expect(readConfiguration({ EVENTSTORE_URL: "esdb://node1" }).evidenceFolder).to.equal(undefined);
    expect(refusal({ EVIDENCE_DIR: "/srv/evidence" })).to.match(/EVIDENCE_DIR is set without EVENTSTORE_URL/);
  });

  it("is refused with what it must be, and never with its password", () => {
    const message = refusal({ EVENTSTORE_URL: "http://il-writer:segreto@node1:2113", PORT: "high" });
    expect(message).to.contain('EVENTSTORE_URL is "http://il-writer:***@node1:2113", and must be esdb://').and.to.contain("PORT").and.not.to.contain("segreto");
  });
});
