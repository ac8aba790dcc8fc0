import { expect } from "chai";
import { parseAddress, withoutPassword, type StoreAddress } from "../../../src/eventstore/eventstoredb/address.js";

function address(text: string): StoreAddress {
  const parsed = parseAddress(text);
  return parsed.kind === "address" ? parsed.address : expect.fail(parsed.problem);
}
function problem(text: string): string {
  const parsed = parseAddress(text);
  return parsed.kind === "problem" ? parsed.problem : expect.fail("taken for an address");
}

describe("the address of an event store", () => {
  it("is one node, or a cluster to be discovered", () => {
    expect(address("esdb://localhost:2113?tls=false")).to.deep.include({ hosts: [{ address: "localhost", port: 2113 }], isCluster: false, isEncrypted: false, credentials: undefined });
    expect(address("kurrentdb://node.lecco.example")).to.deep.include({ hosts: [{ address: "node.lecco.example", port: 2113 }], isCluster: false, isEncrypted: true });
    expect(address("esdb://a:1,b:2,c/?nodePreference=leader")).to.deep.include({
      hosts: [{ address: "a", port: 1 }, { address: "b", port: 2 }, { address: "c", port: 2113 }], isCluster: true, options: { nodePreference: "leader" },
    });
    expect(address("esdb+discover://cluster.lecco.example:2113")).to.include({ isCluster: true });
    expect(address("kurrentdb+discover://[::1]:2114").hosts).to.deep.equal([{ address: "[::1]", port: 2114 }]);
  });

  it("carries who asks, and options in any spelling that the client knows", () => {
    expect(address("esdb://il-writer:p%40ss%3A@a:2113").credentials).to.deep.equal({ username: "il-writer", password: "p@ss:" });
    const { files, options } = address("esdb://a?TLS-CA-file=ca%20file.pem&KEEP_ALIVE_INTERVAL=-1&keepAliveTimeout=20000&connectionName=ledger");
    expect(files).to.deep.equal({ tlsCAFile: "ca file.pem" });
    expect(options).to.deep.equal({ keepAliveInterval: -1, keepAliveTimeout: 20_000, connectionName: "ledger" });
  });

  it("that cannot be used is refused, with what it must be and without its password", () => {
    for (const [text, what] of [
      ["postgres://u:segreto@a", /esdb:\/\//], ["esdb://", /esdb:\/\//], ["", /esdb:\/\//],
      ["esdb://u:segreto@a:99999", /hosts such as/], ["esdb://u:segreto@a b", /hosts such as/],
      ["esdb://u:segreto@a?color=red", /without the option "color"/], ["esdb://u:segreto@a?tls", /a value for tls/], ["esdb://u:segreto@a?tls=yes", /tls true or false/],
      ["esdb://u:segreto@a?tlsVerifyCert=false", /tlsCAFile/], ["esdb://u:segreto@a?userKeyFile=k", /both userCertFile/], ["esdb://u:segreto@a?nodePreference=best", /read_only_replica/],
      ["esdb://u:segreto@a?keepAliveTimeout=soon", /whole number/], ["esdb://u:%zz@a", /%XX/],
    ] as const) {
      expect(problem(text), text).to.match(what);
      expect(problem(text)).not.to.contain("segreto");
    }
  });

  it("is shown without its password, whether it is well-formed or not", () => {
    expect(withoutPassword("esdb://il-writer:segreto@a:2113?tls=true")).to.equal("esdb://il-writer:***@a:2113?tls=true");
    expect(withoutPassword("esdb://u:seg/re@to@a")).to.equal("esdb://u:***@a");
    expect(withoutPassword("esdb://a:2113")).to.equal("esdb://a:2113");
  });
});
