import { expect } from "chai";
import { suiteFolder, written } from "../cli/files.js";
import { run } from "../cli/program.js";
import { fenced } from "./snippets.js";

const PROGRAM = "node dist/src/main.js ";

describe("commands in the documentation", () => {
  const folder = suiteFolder();

  it("README's commands run, in its order, the import on the CSV that the guide shows", async () => {
    const [csv = ""] = fenced("docs/imports.md", "csv");
    const file = written(folder("disservizi.csv"), csv);
    const commands = fenced("README.md", "sh").flatMap((block) => block.split("\n")).filter((line) => line.startsWith(PROGRAM));
    expect(commands).to.have.length.of.at.least(8);
    for (const command of commands) {
      const args = command.slice(PROGRAM.length).split(" ").map((arg) => (arg === "disservizi.csv" ? file : arg === "story" ? folder("story") : arg));
      const { code, out, err } = await run(args, { env: { DATA_DIR: folder("data") } });
      expect(code, `${command}\n${out}${err}`).to.equal(0);
      expect(out, command).to.match(/\S/);
    }
  });
});
