import type { SomeProjection } from "../../projections/index.js";
import { PROJECTIONS } from "../../projections/index.js";
import { readCatalogue } from "../../src/readmodel/catalogue.js";
import { physicalName } from "../../src/readmodel/table.js";
import { openDatabase, type SqlRow } from "../../src/sqlite/driver.js";

/** Every version of every row of a read model file, with its checkpoint: equal for files that hold the same. Names of builds and row numbers are left out. */
export function dumpOf(file: string, projections: readonly SomeProjection[] = PROJECTIONS): Readonly<Record<string, readonly SqlRow[]>> {
  const database = openDatabase(file, { readOnly: true });
  const all = (sql: string): readonly SqlRow[] => database.prepare(sql).all().map((row) => ({ ...row }));
  try {
    const live = readCatalogue(database).filter(({ role }) => role === "live");
    const tables = projections.map(({ name }) => {
      const entry = live.find((each) => each.name === name);
      if (entry === undefined) throw new Error(`${name} is not in use`);
      return [name, all(`SELECT * FROM ${physicalName(entry, entry.build)} ORDER BY key, known_from`).map((row) => ({ ...row, id: null }))] as const;
    });
    return {
      ...Object.fromEntries(tables),
      progress: all("SELECT * FROM progress"), ordinals: all("SELECT * FROM ordinals ORDER BY ordinal"), skipped: all("SELECT * FROM skipped ORDER BY ordinal"),
    };
  } finally {
    database.close();
  }
}

/** The tables in a file, by name. */
export function tablesOf(file: string): readonly string[] {
  const database = openDatabase(file, { readOnly: true });
  try {
    return database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all().map(({ name }) => String(name));
  } finally {
    database.close();
  }
}
