import { expect } from "chai";
import { CONFIGURATION } from "../../src/config.js";
import { textOf } from "./snippets.js";

const code = (text: string | undefined): string => (text === undefined ? "–" : `\`${text}\``);
const TABLE = [
  "| variable | flag | default | what it is |",
  "| --- | --- | --- | --- |",
  ...CONFIGURATION.map(({ variable, flag, default: value, description }) => `| ${code(variable)} | ${code(flag)} | ${code(value)} | ${description} |`),
].join("\n");

describe("the configuration table", () => {
  it("in the README is that of the program", () => {
    expect(textOf("README.md")).to.contain(TABLE);
  });
});
