import { expect } from "chai";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { createProgram } from "../../src/cli/program.js";
import { EXIT_WORDS } from "../../src/cli/exit.js";
import { compiledProgram } from "./compiled.js";
import { suiteFolder } from "./files.js";
import { PATIENCE_MS, refused, run, runs } from "./program.js";

const VERBS = ["demo", "serve", "import", "timeline", "impact", "assess", "explain", "indicators", "obligations", "events", "check", "rebuild", "backup", "restore", "copy", "terms", "regimes"] as const;
/** What a verb cannot do without, so that only the flag is wrong. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { impact: ["--period", "2019-09"], assess: ["--contract", "cloud", "--period", "2019-09"], explain: ["--contract", "cloud", "--indicator", "level", "--period", "2019-09"], import: ["file.csv"], backup: ["copy"], restore: ["copy"], copy: ["--to", "elsewhere"], terms: ["check", "file.yaml"], regimes: ["check", "file.yaml"] };

describe("the command line, used wrongly", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const none = folder("nothing-here");
  const ran = runs(() => ({
    unknownVerb: run(["improt", "file.csv"]),
    noVerb: run([]),
    help: run(["import", "--help"]),
    version: run(["--version"]),
    noPeriod: run(["impact"]),
    badPeriod: run(["impact", "--period", "2019-13", "--data", none]),
    badZone: run(["timeline", "--zone", "Europe/Lecco", "--data", none]),
    badTime: run(["timeline", "--known-at", "2019-02-29T10:00", "--data", none]),
    badId: run(["timeline", "--body", "Città di Lecco", "--data", none]),
    twoSubjects: run(["timeline", "--body", "lecco", "--service", "posta", "--data", none]),
    twoForms: run(["assess", "--contract", "cloud", "--period", "2019-09", "--csv", "--json", "--data", none]),
    boardTwice: run(["obligations", "--csv", "--json", "--data", none]),
    frozenAsOf: run(["assess", "--contract", "cloud", "--period", "2019-09", "--number", "1", "--as-of", "2019-09-25T10:00Z", "--data", none]),
    idAlone: run(["events", "--id", "lecco", "--data", none]),
    badType: run(["events", "--type", "IncidentReprted", "--data", none]),
    zero: run(["events", "--limit", "0", "--data", none]),
    badSetting: run(["events"], { env: { LOG_LEVEL: "loud", DATA_DIR: none, PORT: "-1" } }),
    everywhere: run(["serve", "--host", "0.0.0.0", "--port", "0", "--data", none]),
    noFile: run(["import", "--data", none]),
    both: run(["import", "file.csv", "--take-back", "csv.file", "--data", none]),
    noReason: run(["import", "--take-back", "csv.file", "--data", none]),
    aName: run(["import", "file.csv", "--actor", "Mario il sistemista", "--data", none]),
    elsewhere: run(["import", import.meta.filename, "--server", "http://192.0.2.1:4000", "--data", none]),
    noServer: run(["import", import.meta.filename, "--server", "http://127.0.0.1:9", "--data", none]),
    noUrl: run(["import", import.meta.filename, "--server", "https://user@127.0.0.1/graphql", "--data", none]),
    degree: run(["import", "file.csv", "--degree", "minor=annoying", "--data", none]),
    json: run(["timeline", "--json", "--zone", "Europe/Lecco", "--data", none]),
  }));

  it("a verb that does not exist, or none, is said with what there is", async () => {
    expect(await ran("unknownVerb")).to.include({ code: 2, out: "" }).and.to.have.property("err").that.matches(/unknown command 'improt'[^]*Did you mean import/);
    const none = await ran("noVerb");
    expect(none).to.include({ code: 2, out: "" });
    for (const verb of VERBS) expect(none.err).to.match(new RegExp(`^ {2}${verb} `, "m"));
    for (const code of Object.keys(EXIT_WORDS)) expect(none.err, "every exit code is told").to.match(new RegExp(`^ +${code} {2}\\w`, "m"));
  });

  it("help is an answer, with examples; so is the version", async () => {
    expect(await ran("help")).to.include({ code: 0, err: "" }).and.to.have.property("out").that.matches(/Examples:\n {2}\$ incident-ledger import /);
    expect(await ran("version")).to.include({ code: 0, err: "" }).and.to.have.property("out").that.matches(/^\d+\.\d+\.\d+\n$/);
    const verbs = createProgram().commands;
    expect(verbs.map((verb) => verb.name())).to.have.members(VERBS);
    // A verb that has parts takes its flags in them.
    for (const verb of verbs.flatMap((each) => (each.commands.length > 0 ? each.commands : [each]))) expect(verb.helpInformation(), verb.name()).to.include("--json");
  });

  it("a flag that a verb does not know is refused by each of them", () => {
    for (const verb of VERBS) {
      let thrown: unknown;
      try {
        const program = createProgram();
        for (const command of program.commands.flatMap((each) => [each, ...each.commands])) command.configureOutput({ writeErr: () => undefined });
        program.parse(["node", "incident-ledger", verb, ...(NEEDED[verb] ?? []), "--colour", "red"]);
      } catch (error) {
        thrown = error;
      }
      expect(thrown, verb).to.include({ code: "commander.unknownOption", exitCode: 1 });
    }
  });

  it("a value that cannot be meant is refused with its code, before anything is opened", async () => {
    expect(await ran("noPeriod")).to.include({ code: 2, out: "" }).and.to.have.property("err").that.includes("--period <period>");
    expect(await ran("zero")).to.include({ code: 2, out: "" }).and.to.have.property("err").that.includes("at least 1");
    expect(await ran("degree")).to.include({ code: 2, out: "" }).and.to.have.property("err").that.includes("degraded, maintenance, none");
    refused(await ran("badPeriod"), 2, "INVALID_PERIOD", /2019-13/);
    refused(await ran("badZone"), 2, "INVALID_CONFIGURATION", /--zone is "Europe\/Lecco"/);
    refused(await ran("badTime"), 2, "INVALID_TIME", /2019-02-29/);
    refused(await ran("badId"), 2, "INVALID_ID", /--body/);
    refused(await ran("twoSubjects"), 2, "INVALID_INPUT", /one of --incident, --body/);
    for (const name of ["twoForms", "boardTwice", "frozenAsOf"] as const) expect(await ran(name)).to.include({ code: 2, out: "" }).and.to.have.property("err").that.includes("cannot be used with");
    refused(await ran("idAlone"), 2, "INVALID_INPUT", /--category/);
    refused(await ran("badType"), 2, "INVALID_INPUT", /IncidentReprted[^]*IncidentReported/);
    refused(await ran("badSetting"), 2, "INVALID_CONFIGURATION", /PORT is "-1"[^]*LOG_LEVEL is "loud"/);
    refused(await ran("everywhere"), 2, "ADDRESS_REFUSED", /127\.0\.0\.1/);
  });

  it("import wants one thing to do, a reason to take back, an actor that names nobody, and a server of this machine", async () => {
    refused(await ran("noFile"), 2, "INVALID_INPUT", /name the file/);
    refused(await ran("both"), 2, "INVALID_INPUT", /leave out one/);
    refused(await ran("noReason"), 2, "INVALID_INPUT", /--reason/);
    refused(await ran("aName"), 2, "INVALID_ID", /--actor/);
    refused(await ran("elsewhere"), 2, "ADDRESS_REFUSED", /192\.0\.2\.1/);
    refused(await ran("noUrl"), 2, "INVALID_INPUT", /http:\/\/127\.0\.0\.1:4000/);
    refused(await ran("noServer"), 4, "STORE_UNAVAILABLE", /127\.0\.0\.1:9 does not answer/);
  });

  it("with --json an error is one JSON value on standard error, and nothing on standard output", async () => {
    const { code, out, err } = await ran("json");
    expect([code, out]).to.deep.equal([2, ""]);
    expect(JSON.parse(err)).to.have.nested.property("error.code", "INVALID_CONFIGURATION");
    expect(JSON.parse(err)).to.have.nested.property("error.message").that.includes("Europe/Lecco");
  });

  it("is no error of the program's where whoever reads its help has gone", async () => {
    // The reader has gone before the program writes: the pipe is closed while it starts.
    const script = 'set -o pipefail; "$0" "$1" events --help | true';
    const { stderr } = await promisify(execFile)("bash", ["-c", script, process.execPath, compiledProgram()]);
    expect(stderr).to.equal("");
  });

  it("leaves no folder behind", () => {
    expect(existsSync(none)).to.equal(false);
  });
});
