import { expect } from "chai";
import { parse } from "yaml";
import { parseAddress } from "../../src/eventstore/eventstoredb/address.js";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { textOf } from "./snippets.js";

/** What can be proved of compose.yaml without containers. */
const text = textOf("compose.yaml");
const compose = objectOf(parse(text, { merge: true }));
const services = objectOf(compose["services"]);
const NODES = ["node1", "node2", "node3"];

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : expect.fail(JSON.stringify(value));
}
function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
const service = (name: string): JsonObject => objectOf(services[name]);
const environmentOf = (name: string): JsonObject => objectOf(service(name)["environment"]);
const written = (value: unknown): string => (typeof value === "string" ? value : expect.fail(JSON.stringify(value)));
/** What the shell of a service is given, as compose hands it on. */
const scriptOf = (name: string): string => (textsOf(service(name)["command"])[1] ?? expect.fail(name)).replaceAll("$$", "$");

describe("compose.yaml", () => {
  it("starts one node for trying out, and the cluster only with its profile", () => {
    const always = Object.keys(services).filter((name) => service(name)["profiles"] === undefined);
    expect(always).to.deep.equal(["single"]);
    for (const name of [...NODES, "certificates", "users"]) expect(service(name)["profiles"], name).to.deep.equal(["cluster"]);
    expect(environmentOf("single")).to.include({ KURRENTDB_INSECURE: "true", KURRENTDB_CLUSTER_SIZE: "1" });
  });

  it("publishes ports on loopback only, each once, and names every image with its version", () => {
    const ports = Object.keys(services).flatMap((name) => textsOf(service(name)["ports"]));
    for (const port of ports) expect(port).to.match(/^127\.0\.0\.1:\d+:2113$/);
    expect(new Set(ports).size).to.equal(4);
    for (const name of Object.keys(services)) expect(service(name)["image"], name).to.match(/^[a-z/-]+:\d+\.\d+\.\d+$/);
  });

  it("keeps data and certificates in volumes that it declares, one for each node", () => {
    const used = Object.keys(services).flatMap((name) => textsOf(service(name)["volumes"]).map((volume) => volume.split(":")[0]));
    expect([...new Set(used)].sort()).to.deep.equal(Object.keys(objectOf(compose["volumes"])).sort());
    const data = used.filter((volume) => volume?.endsWith("-data") === true);
    expect(new Set(data).size).to.equal(data.length);
  });

  it("makes a cluster of three nodes with TLS, each with the other two as seeds and a certificate of its own", () => {
    const addresses = NODES.map((name) => written(objectOf(objectOf(service(name)["networks"])["cluster"])["ipv4_address"]));
    for (const [index, name] of NODES.entries()) {
      const environment = environmentOf(name);
      const seeds = addresses.filter((_, each) => each !== index).map((address) => `${address}:2113`);
      expect(written(environment["KURRENTDB_GOSSIP_SEED"]).split(",")).to.have.members(seeds);
      expect(environment).to.include({ KURRENTDB_CLUSTER_SIZE: "3", KURRENTDB_REPLICATION_IP: addresses[index], KURRENTDB_CERTIFICATE_FILE: `/certs/${name}/node.crt`, KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH: "/certs/ca" });
      expect(environment["KURRENTDB_INSECURE"]).to.equal(undefined);
      expect(textsOf(service(name)["ports"])).to.deep.equal([`127.0.0.1:${written(environment["KURRENTDB_ADVERTISE_NODE_PORT_TO_CLIENT_AS"])}:2113`]);
    }
    const script = scriptOf("certificates");
    expect(script).to.contain("172.30.240.1$n").and.contain("create-node -ca-certificate ./ca/ca.crt");
    for (const address of addresses) expect(address).to.match(/^172\.30\.240\.1[123]$/);
  });

  it("makes a writer and a reader: both read streams and $all, one of them appends, neither deletes or changes what is kept", () => {
    const script = scriptOf("users");
    const sent = [...script.matchAll(/--json '(\{.*\})'/g)].map(([, json = ""]) => objectOf(parseJson(json)));
    const defaults = objectOf(sent[0]?.["$userStreamAcl"]);
    expect(defaults).to.deep.include({ $r: ["il-writer", "il-reader"], $w: "il-writer", $d: "$admins", $mw: "$admins" });
    expect(objectOf(objectOf(sent[1])["$acl"])["$r"]).to.deep.equal(["$admins", "il-writer", "il-reader"]);
    expect(script).to.contain("streams/%24settings").and.contain("streams/%24all/metadata").and.contain('user il-writer ').and.contain("user il-reader ");
    for (const name of ["WRITER", "READER", "ADMIN"]) expect(written(environmentOf("users")[`${name}_PASSWORD`])).to.match(/^\$\{IL_[A-Z]+_PASSWORD:-illustrative-[a-z]+\}$/);
  });

  it("is reached by the connection strings that the documents name, at the ports that it publishes", () => {
    const published = new Set(Object.keys(services).flatMap((name) => textsOf(service(name)["ports"]).map((port) => Number(port.split(":")[1]))));
    const documents = [text, textOf("README.md"), textOf("docs/operations.md")];
    const strings = documents.flatMap((document) => [...document.matchAll(/(?:esdb|kurrentdb)(?:\+discover)?:\/\/[^\s`'"…]+127\.0\.0\.1[^\s`'"…]*|esdb:\/\/127[^\s`'"…]*/g)].map(([found]) => found));
    expect(strings.length).to.be.above(2);
    for (const connection of strings) {
      const parsed = parseAddress(connection);
      if (parsed.kind === "problem") expect.fail(`${connection}: ${parsed.problem}`);
      for (const { address, port } of parsed.address.hosts) if (address === "127.0.0.1") expect(published, connection).to.include(port);
      expect(parsed.address.isEncrypted).to.equal(parsed.address.hosts.length > 1);
    }
  });
});
