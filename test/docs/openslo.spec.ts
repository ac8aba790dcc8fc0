import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { readTerms } from "../../src/cli/terms/read.js";
import { suiteFolder, written } from "../cli/files.js";
import { PATIENCE_MS, run } from "../cli/program.js";
import { fenced, textOf } from "./snippets.js";

const PROGRAM = "node dist/src/main.js ";
const EXAMPLE = "examples/terms/italian-public-contract.yaml";

describe("the guide to OpenSLO", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();

  it("its commands run in its order, and the last one gives the terms again, from another day on", async () => {
    const commands = fenced("docs/openslo.md", "sh").flatMap((block) => block.trim().split("\n"));
    expect(commands).to.have.length(4);
    const made = new Map([[EXAMPLE, fileURLToPath(new URL(`../../${EXAMPLE}`, import.meta.url))]]);
    let last = "";
    for (const command of commands) {
      expect(command.startsWith(PROGRAM), command).to.equal(true);
      const [line = "", into] = command.slice(PROGRAM.length).split(" > ");
      const { code, out, err } = await run(line.split(" ").map((arg) => made.get(arg) ?? arg));
      expect(code, `${command}\n${out}${err}`).to.equal(0);
      if (into !== undefined) made.set(into, written(folder(into), out));
      last = out;
    }
    expect(readTerms(last)).to.deep.equal(readTerms(textOf(EXAMPLE).replace("effectiveFrom: 2019-01-01", "effectiveFrom: 2020-01-01")));
  });
});
