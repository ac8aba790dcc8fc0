import { expect } from "chai";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { availableDrivers, classifySqliteError, openDatabaseWith, prepareValues, Rows, type Database, type OpenOptions, type SqliteFailure } from "../../src/sqlite/driver.js";
import { integerOf, optionalIntegerOf, textOf } from "../../src/sqlite/row.js";
import { temporaryFolder } from "../eventstore/folder.js";

const drivers = await availableDrivers();

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}

describe("SQLite drivers", () => {
  it("at least the package's is there, on every Node", () => {
    expect(drivers).to.include("package");
  });
});

for (const driver of drivers) {
  describe(`SQLite driver ${driver}`, () => {
    const folder = temporaryFolder();
    const open = async (name: string, options?: OpenOptions): Promise<Database> => openDatabaseWith(driver, join(folder(), name), options);
    const failureOf = async (work: () => unknown): Promise<SqliteFailure | undefined> => {
      try {
        await work();
      } catch (error) {
        return classifySqliteError(error);
      }
      return expect.fail("nothing failed");
    };

    it("keeps numbers, text and nothing as what they are", async () => {
      const database = await open("a.sqlite");
      database.exec("CREATE TABLE t (n INTEGER, s TEXT, e TEXT)");
      const { changes } = database.prepare("INSERT INTO t VALUES (?, ?, ?)").run(9_007_199_254_740_991, "Lecco 🏛️", null);
      expect(Number(changes)).to.equal(1);
      const row = database.prepare("SELECT n, s, e FROM t").get();
      expect({ ...row }).to.deep.equal({ n: 9_007_199_254_740_991, s: "Lecco 🏛️", e: null });
      expect([...new Rows(database, "SELECT n FROM t")]).to.have.length(1);
      expect(database.prepare("SELECT n FROM t WHERE n = 0").get()).to.equal(undefined);
      database.close();
      expect(database.isOpen).to.be.false;
    });

    it("gives rows as the values of their columns", async () => {
      const database = await open("a.sqlite");
      const pairs = prepareValues(database, "SELECT value, value AS again, 'Lecco' AS place FROM json_each(?)");
      expect(pairs(["[1,2]"])).to.deep.equal([[1, 1, "Lecco"], [2, 2, "Lecco"]]);
      expect(pairs(["[]"])).to.deep.equal([]);
      database.close();
    });

    it("gives rows one by one, whatever is collected meanwhile", async () => {
      const database = await open("a.sqlite");
      database.exec("CREATE TABLE t (n INTEGER); INSERT INTO t SELECT value FROM json_each('[1,2,3,4]')");
      const seen: unknown[] = [];
      for (const { n } of new Rows(database, "SELECT n FROM t ORDER BY n")) {
        collectGarbage();
        // A turn of the event loop, after which what was collected is freed.
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(n);
      }
      expect(seen).to.deep.equal([1, 2, 3, 4]);
      database.close();
    });

    it("opens for reading only, also where nobody can write", async () => {
      const writer = await open("a.sqlite");
      writer.exec("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
      writer.close();
      for (const options of [{ readOnly: true }, { immutable: true }]) {
        const reader = await open("a.sqlite", options);
        expect({ ...reader.prepare("SELECT n FROM t").get() }).to.deep.equal({ n: 1 });
        expect(await failureOf(() => reader.exec("INSERT INTO t VALUES (2)"))).to.equal("read-only");
        reader.close();
      }
    });

    it("opens a file whose name has signs that mean something in a URL", async () => {
      const name = "Lecco 100% #1?.sqlite";
      const writer = await open(name);
      writer.exec("CREATE TABLE t (n INTEGER)");
      writer.close();
      const reader = await open(name, { immutable: true });
      expect(reader.prepare("SELECT name FROM sqlite_master").all()).to.have.length(1);
      reader.close();
    });

    it("tells a full disk", async () => {
      const database = await open("a.sqlite");
      database.exec("CREATE TABLE t (b BLOB); PRAGMA max_page_count = 10");
      const large = new Uint8Array(1_000_000);
      expect(await failureOf(() => database.prepare("INSERT INTO t VALUES (?)").run(large))).to.equal("full");
      expect(await failureOf(() => database.prepare("INSERT INTO t VALUES (?) RETURNING 1").all(large))).to.equal("full");
      database.close();
    });

    it("tells a file that is no database, a place that cannot be opened, and a damaged file", async () => {
      writeFileSync(join(folder(), "letter.sqlite"), "Egregio Presidente, ".repeat(200));
      const letter = await open("letter.sqlite");
      expect(await failureOf(() => letter.prepare("SELECT * FROM sqlite_master").all())).to.equal("not-a-database");
      letter.close();
      expect(await failureOf(() => open("nowhere/a.sqlite"))).to.equal("cannot-open");
      mkdirSync(join(folder(), "folder.sqlite"));
      expect(await failureOf(() => open("folder.sqlite"))).to.equal("cannot-open");
      const whole = await open("damaged.sqlite");
      whole.exec("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
      whole.close();
      const path = join(folder(), "damaged.sqlite");
      const bytes = readFileSync(path).fill(0xff, 4096, 4196);
      writeFileSync(path, bytes);
      const damaged = await open("damaged.sqlite");
      const sql = "SELECT * FROM t";
      const statement = damaged.prepare(sql);
      for (const read of [() => statement.all(), () => statement.get(), () => [...new Rows(damaged, sql)]]) expect(await failureOf(read)).to.equal("corrupt");
      damaged.close();
    });

    it("tells that another connection holds the file", async () => {
      const [holder, other] = [await open("a.sqlite"), await open("a.sqlite", { busyTimeoutMs: 0 })];
      holder.exec("BEGIN EXCLUSIVE");
      expect(await failureOf(() => other.exec("BEGIN EXCLUSIVE"))).to.equal("busy");
      holder.close();
      other.exec("BEGIN EXCLUSIVE");
      other.close();
    });

    it("tells a faulty statement from a failure of the file, and what is not SQLite's", async () => {
      const database = await open("a.sqlite");
      expect(await failureOf(() => database.exec("SELECT nothing"))).to.equal("other");
      database.close();
      expect(classifySqliteError(new Error("errcode 13"))).to.equal(undefined);
      expect(classifySqliteError("full")).to.equal(undefined);
    });
  });
}

describe("columns of a row", () => {
  it("are given by their type, or the file is not what its schema says", () => {
    const row = { name: "lecco", workstations: 120, left: null };
    expect(textOf(row, "name")).to.equal("lecco");
    expect(integerOf(row, "workstations")).to.equal(120);
    expect(optionalIntegerOf(row, "left")).to.equal(undefined);
    expect(() => textOf(row, "workstations")).to.throw(TypeError, "workstations");
    expect(() => integerOf(row, "left")).to.throw(TypeError, "left");
    expect(() => integerOf(row, "absent")).to.throw(TypeError, "absent");
  });
});
