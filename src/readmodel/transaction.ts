import type { Database } from "../sqlite/driver.js";

/** Does `work` in one transaction: everything it wrote is committed when it is fulfilled, nothing when it is rejected. One at a time for a connection. */
export async function inTransaction<Result>(database: Database, work: () => Result | Promise<Result>): Promise<Result> {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = await work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // After a full disk or an I/O error SQLite has rolled back by itself (sqlite.org/lang_transaction.html, "Response To Errors").
  }
}
