import { expect } from "chai";
import pc from "picocolors";
import { printStory } from "../../src/cli/demo/pages.js";
import type { Terminal } from "../../src/cli/terminal.js";
import { at } from "../support/given.js";
import { demoLedger, type DemoLedger } from "./demo-ledger.js";
import { fenced } from "./snippets.js";

describe("the picture of the demo", () => {
  let demo: DemoLedger;
  before(async () => {
    demo = await demoLedger();
  });
  after(() => demo.close());

  it("in the README is what the demo prints, with lines left out", async () => {
    const printed: string[] = [];
    const terminal: Terminal = {
      json: false, width: 120, paint: pc.createColors(false), interactive: false, gone: false,
      write: () => undefined, print: (text = "") => void printed.push(...text.split("\n")), value: () => undefined, note: () => undefined, failure: (error) => expect.fail(String(error)),
    };
    await printStory(demo.ledger, { terminal, configuration: demo.configuration, clock: () => at("2019-11-01T00:00:00Z") }, { language: "it" });
    const shown = fenced("README.md", "text").join("").split("\n").filter((line) => line !== "" && line.trim() !== "…");
    expect(shown).to.have.length.of.at.least(40);
    let from = 0;
    for (const line of shown) {
      const found = printed.indexOf(line, from);
      expect(found, `not printed, or not in this order: ${line}`).to.be.at.least(0);
      from = found + 1;
    }
  });
});
