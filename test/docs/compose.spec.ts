import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { parse } from "yaml";
import { parseAddress } from "../../src/eventstore/eventstoredb/address.js";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { suiteFolder, written as file } from "../cli/files.js";
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

/** A store in shell: it knows the users that were made, and takes what is posted to streams. */
const STORE = `case "$url" in
  */users/) echo "$body" | sed 's/.*LoginName":"\\([^"]*\\)".*/\\1/' >> $known;;
  */users/*) touch $known; grep -qx "\${url##*/}" $known || exit 22;;
esac`;

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
    // For those the certificates are made, below.
    expect(addresses).to.deep.equal(["172.30.240.11", "172.30.240.12", "172.30.240.13"]);
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

  describe("its script that makes the certificates", () => {
    const folder = suiteFolder();

    it("makes an authority and a certificate for each node once, and leaves the authority's key to itself", () => {
      const certs = folder("certs");
      mkdirSync(certs);
      // As the vendor's tool does: keys that only their owner may read; what is there already is not overwritten.
      const tool = `#!/bin/sh\necho "$*" >> ${folder("asked")}\nwhile [ "$1" != -out ]; do shift; done\nmkdir "$2" || exit 1\nname=node; [ "$2" = ./ca ] && name=ca\necho c > "$2/$name.crt"; echo k > "$2/$name.key"; chmod 444 "$2/$name.crt"; chmod 400 "$2/$name.key"\n`;
      chmodSync(file(folder("es-gencert-cli"), tool), 0o755);
      for (const time of ["first", "second"]) {
        const { status, stderr } = spawnSync("sh", ["-ec", scriptOf("certificates").replaceAll("/certs", certs)], { env: { PATH: `${folder()}:${process.env["PATH"] ?? ""}` }, encoding: "utf8", timeout: 10_000 });
        expect(status, `${time}: ${stderr}`).to.equal(0);
      }
      const asked = readFileSync(folder("asked"), "utf8").trim().split("\n");
      expect(asked).to.have.length(4);
      expect(asked[0]).to.equal("create-ca -out ./ca");
      for (const [index, name] of NODES.entries()) expect(asked[index + 1]).to.match(new RegExp(`-out ./${name} -ip-addresses 127\\.0\\.0\\.1,172\\.30\\.240\\.1${index + 1} -dns-names localhost,${name}$`));
      const mode = (path: string): string => (statSync(`${certs}/${path}`).mode & 0o777).toString(8);
      expect(["ca/ca.crt", "ca/ca.key", ...NODES.map((name) => `${name}/node.key`)].map(mode)).to.deep.equal(["444", "600", "644", "644", "644"]);
    });
  });

  describe("its script that makes the users", () => {
    const folder = suiteFolder();

    it("waits for a node, makes both users, then sets what they may do, and can be run again when all are there", () => {
      const first = ranWith(STORE);
      expect(first).to.deep.include({ status: 0, asked: ["/health/live", "/users/il-writer", "/users/", "/users/il-reader", "/users/", "/streams/%24settings", "/streams/%24all/metadata"] });
      const [writer, reader] = first.sent.filter((body) => body["LoginName"] !== undefined);
      expect(writer).to.deep.include({ LoginName: "il-writer", Groups: [], Password: "segreto-w" });
      expect(reader).to.deep.include({ LoginName: "il-reader", Groups: [], Password: "segreto-r" });
      const again = ranWith(STORE);
      expect(again).to.deep.include({ status: 0, asked: ["/health/live", "/users/il-writer", "/users/il-reader", "/streams/%24settings", "/streams/%24all/metadata"] });
      expect(new Set([...first.eventIds, ...again.eventIds]).size, "an access list that was changed is not taken for the one that is there").to.equal(4);
    });

    it("fails when the server refuses, so that it is run once more", () => {
      expect(ranWith(`case "$url" in */streams/*) exit 22;; esac`)).to.deep.include({ status: 22 }).and.to.satisfy(({ asked }: Ran) => asked.at(-1) === "/streams/%24settings");
    });

    interface Ran {
      readonly status: number | null;
      readonly asked: readonly string[];
      readonly sent: readonly JsonObject[];
      readonly eventIds: readonly string[];
    }
    /** Runs it with a `curl` that notes what it is asked, and answers as `answer` says. */
    function ranWith(answer: string): Ran {
      const [log, curl] = [file(folder("asked"), ""), folder("curl")];
      const known = folder("known");
      const script = `#!/bin/sh\nlog=${log} known=${known}\nbody= url=\nwhile [ $# -gt 0 ]; do case "$1" in --json) body=$2; shift;; Kurrent-EventId*) echo "id $1" >> $log;; https://*) url=$1;; esac; shift; done\n`
        + `echo "url $url" >> $log\n[ -z "$body" ] || echo "body $body" >> $log\n${answer}\nexit 0\n`;
      chmodSync(file(curl, script), 0o755);
      const { status } = spawnSync("sh", ["-ec", scriptOf("users")], { env: { PATH: `${folder()}:${process.env["PATH"] ?? ""}`, ADMIN_PASSWORD: "segreto-a", WRITER_PASSWORD: "segreto-w", READER_PASSWORD: "segreto-r" }, timeout: 10_000 });
      const lines = readFileSync(log, "utf8").split("\n");
      const after = (word: string): string[] => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
      return { status, asked: after("url").map((url) => new URL(url).pathname), sent: after("body").map((body) => objectOf(parseJson(body))), eventIds: after("id") };
    }
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
