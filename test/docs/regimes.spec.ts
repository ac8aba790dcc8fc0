import { expect } from "chai";
import { mkdirSync } from "node:fs";
import { LedgerError } from "../../src/kernel/errors.js";
import { loadRegimes } from "../../src/cli/regimes/load.js";
import { readRegimes } from "../../src/cli/regimes/read.js";
import { suiteFolder, written } from "../cli/files.js";
import { fenced } from "./snippets.js";

describe("the guide to legal regimes", () => {
  const folder = suiteFolder();
  const [example = ""] = fenced("docs/regimes.md", "yaml");

  function withFiles(name: string, files: Readonly<Record<string, string>>): string {
    mkdirSync(folder(`${name}/regimes`), { recursive: true });
    for (const [file, text] of Object.entries(files)) written(folder(`${name}/regimes/${file}`), text);
    return folder(name);
  }

  it("shows one that is right, and is taken beside those that come with the program", async () => {
    expect(readRegimes(example)).to.have.property("kind", "right");
    const regimes = await loadRegimes(withFiles("own", { "comune.yaml": example }));
    expect([...regimes.keys()]).to.deep.equal(["comune-1", "gdpr-33", "l90-2024", "nis2-25"]);
    for (const { title, source, stages } of regimes.values()) expect([title.it, title.en, source, ...stages.map(({ title: of }) => of.it)], title.en).to.satisfy((all: string[]) => all.every((text) => text.length > 4));
  });

  it("an id stands once, also against those that come with the program", async () => {
    for (const [name, files] of Object.entries({ twice: { "a.yaml": example, "b.yaml": example }, shipped: { "a.yaml": example.replace("comune-1", "gdpr-33") } })) {
      const refused = await loadRegimes(withFiles(name, files)).then(() => expect.fail("taken"), (error: unknown) => error);
      expect(refused).to.be.instanceOf(LedgerError).and.include({ code: "INVALID_CONFIGURATION" });
      expect(refused).to.have.property("message").that.matches(/which another file defines already/);
    }
  });
});
