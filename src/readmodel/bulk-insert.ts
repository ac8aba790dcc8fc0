import type { Database, SqlValue, Statement } from "../sqlite/driver.js";

/** Rows that one statement inserts: each costs a fifth less than a statement of its own. */
const PER_STATEMENT = 16;

/** Inserts many rows into one table, with few statements. */
export class BulkInsert {
  readonly #one: Statement;
  readonly #many: Statement;

  /** `columns`: their names as they stand in SQL. */
  constructor(database: Database, table: string, columns: readonly string[]) {
    const into = `INSERT INTO ${table} (${columns.join(", ")}) VALUES`;
    const row = `(${columns.map(() => "?").join(", ")})`;
    this.#one = database.prepare(`${into} ${row}`);
    this.#many = database.prepare(`${into} ${Array.from({ length: PER_STATEMENT }, () => row).join(", ")}`);
  }

  /** Inserts the rows in their order, each given by its values. */
  insert(rows: readonly (readonly SqlValue[])[]): void {
    const whole = rows.length - (rows.length % PER_STATEMENT);
    for (let from = 0; from < whole; from += PER_STATEMENT) {
      const values: SqlValue[] = [];
      for (let at = from; at < from + PER_STATEMENT; at++) for (const value of rows[at] ?? []) values.push(value);
      this.#many.run(...values);
    }
    for (let at = whole; at < rows.length; at++) this.#one.run(...(rows[at] ?? []));
  }
}
