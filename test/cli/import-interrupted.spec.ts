import { expect } from "chai";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { contentOf, eventsIn, manyRows, suiteFolder, untilStored, written } from "./files.js";
import { PATIENCE_MS, Program, refused, run } from "./program.js";

/** So many that an import of them can be stopped in its middle. */
const INCIDENTS = 1_500;

describe("import: cut short", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  let file: string;
  let whole: readonly string[];
  const take = (data: string, ...flags: readonly string[]) => ["import", file, "--data", data, ...flags];
  /** The data folder of an import that is well under way, and the process. */
  const underWay = async (name: string): Promise<{ readonly data: string; readonly program: Program }> => {
    const data = folder(name);
    await openSqliteEventStore({ folder: data }).close();
    const program = new Program(take(data));
    await untilStored(data, 500);
    return { data, program };
  };
  const isPart = async (data: string): Promise<void> => {
    const events = await eventsIn(data);
    expect(events.length).to.be.within(500, whole.length - 1);
  };
  /** Repeated, it ends as if it had never been cut short. */
  const goesOn = async (data: string): Promise<void> => {
    expect(await run(take(data))).to.include({ code: 0, err: "" });
    expect(await contentOf(data)).to.deep.equal(whole);
  };

  before(async () => {
    file = written(folder("disservizi.csv"), manyRows(INCIDENTS));
    const { code, out } = await run(take(folder("whole")));
    expect([code, out]).to.deep.include(0).and.to.have.property("1").that.matches(/1500 incidents read: /);
    whole = await contentOf(folder("whole"));
    expect(whole).to.have.length.greaterThan(4 * INCIDENTS);
  });

  it("by Ctrl-C: what is in stays, it says how to go on, and repeated it comes to the same ledger", async () => {
    const { data, program } = await underWay("interrupted");
    const { code, out, err } = await program.kill("SIGINT");
    expect([code, err]).to.deep.equal([130, "stopping…\n"]);
    expect(out).to.match(/^csv\.disservizi {2}stopped before the end/).and.to.match(/What is in stays in\. Repeat the same command to go on: nothing comes in twice\.\n$/);
    await isPart(data);
    await goesOn(data);
  });

  it("by kill -9: the folder is free at once, and repeated it comes to the same ledger", async () => {
    const { data, program } = await underWay("killed");
    expect(await program.kill("SIGKILL")).to.include({ code: "SIGKILL", out: "" });
    await isPart(data);
    await goesOn(data);
  });

  it("by a disk that is full: it is said, what is in stays, and with room again it comes to the same ledger", async () => {
    const data = folder("full");
    const ran = await run(take(data), { fileLimitKib: 1_500 });
    refused(ran, 4, "STORE_UNAVAILABLE", /What was recorded stays; repeat the same command to go on/, /the disk/);
    expect((await eventsIn(data)).length).to.be.within(1, whole.length - 1);
    await goesOn(data);
  });

  it("taking it back, too: repeated, it takes back the rest", async () => {
    const data = folder("whole");
    const back = ["import", "--take-back", "csv.disservizi", "--reason", "anno sbagliato", "--data", data];
    const taking = new Program(back);
    await untilStored(data, whole.length + 500);
    const { code, out } = await taking.kill("SIGINT");
    expect(code).to.equal(130);
    expect(out).to.match(/stopped before the end: repeat the same command to go on/);
    const again = await run(back);
    expect([again.code, again.err]).to.deep.equal([0, ""]);
    expect(again.out).to.match(/taken back whole/);
    expect(await eventsIn(data), "each record withdrawn once").to.have.length(2 * whole.length);
  });
});
