import { LedgerError } from "../kernel/errors.js";
import { prepareValues, type Database, type SqlRow, type SqlValue } from "../sqlite/driver.js";
import { readCatalogue, shapeOf, type CatalogueEntry } from "./catalogue.js";
import { isDamage } from "./file.js";
import { physicalName } from "./table.js";
import type { SomeProjection } from "../../projections/index.js";

/** Values by name, as `:name` stands for them in SQL. */
export type Params = Readonly<Record<string, SqlValue>>;

type Run<Row> = (params: Params) => Row[];

/** The connection that queries use: statements prepared once, and which table to read for each read model. */
export class Reader {
  readonly #database: Database;
  readonly #onStatement: ((sql: string) => void) | undefined;
  readonly #byName = new Map<string, Run<SqlRow>>();
  readonly #byPlace = new Map<string, Run<readonly SqlValue[]>>();
  /** Told once, when a query meets a damaged page. */
  onDamage: (() => void) | undefined;
  #beforeQuery = (): void => undefined;
  #catalogue: ReadonlyMap<string, CatalogueEntry> = new Map();

  constructor(database: Database, onStatement?: (sql: string) => void) {
    this.#database = database;
    this.#onStatement = onStatement;
    this.refresh();
  }

  get database(): Database {
    return this.#database;
  }

  /** For a file that another process writes: looks at its catalogue whenever something was committed since. */
  follow(): void {
    const version = this.#database.prepare("PRAGMA data_version");
    let seen: unknown;
    this.#beforeQuery = () => {
      const now = version.get()?.["data_version"];
      if (now === seen) return;
      seen = now;
      this.refresh();
    };
  }

  /** Looks anew which tables are to be read: after a rebuild has put others in their place. */
  refresh(): void {
    const entries = readCatalogue(this.#database).filter(({ role }) => role !== "building");
    const same = entries.length === this.#catalogue.size && entries.every(({ name, build }) => this.#catalogue.get(name)?.build === build);
    this.#catalogue = new Map(entries.map((entry) => [entry.name, entry]));
    if (same) return;
    this.#byName.clear();
    this.#byPlace.clear();
  }

  /** Rows of a statement with `:name` for values. */
  all(sql: string, params: Params): SqlRow[] {
    this.#onStatement?.(sql);
    return kept(this.#byName, sql, () => {
      const { positional, names } = positionalOf(sql);
      const statement = this.#database.prepare(positional);
      return (given) => this.#watched(() => statement.all(...names.map((name) => given[name] ?? null)));
    })(params);
  }

  /** As `all`, each row as the values of its columns in their order. */
  values(sql: string, params: Params): (readonly SqlValue[])[] {
    this.#onStatement?.(sql);
    return kept(this.#byPlace, sql, () => {
      const { positional, names } = positionalOf(sql);
      const run = prepareValues(this.#database, positional);
      return (given) => this.#watched(() => run(names.map((name) => given[name] ?? null)));
    })(params);
  }

  #watched<Rows>(run: () => Rows): Rows {
    try {
      return run();
    } catch (error) {
      if (isDamage(error)) {
        this.onDamage?.();
        this.onDamage = undefined;
      }
      throw error;
    }
  }

  /**
   * Table to read for what was known at ordinal `known`. Throws LedgerError READ_MODEL_BUILDING (retryable) while the read model is being built
   * and what an earlier release built does not serve.
   */
  physical(projection: SomeProjection, known: number): string {
    this.#beforeQuery();
    const entry = this.#catalogue.get(projection.name);
    if (entry === undefined || !serves(entry, projection, known)) throw new LedgerError(building(projection, entry));
    return physicalName(entry, entry.build);
  }
}

function kept<Row>(prepared: Map<string, Run<Row>>, sql: string, prepare: () => Run<Row>): Run<Row> {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  const made = prepare();
  prepared.set(sql, made);
  return made;
}

/** A statement with a `?` for each `:name`, and the names in their order. */
function positionalOf(sql: string): { readonly positional: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const positional = sql.replace(/:([a-z][a-z0-9_]*)/gi, (_, name: string) => {
    names.push(name);
    return "?";
  });
  return { positional, names };
}

function serves(entry: CatalogueEntry, projection: SomeProjection, known: number): boolean {
  if (entry.role === "live") return entry.version === projection.version;
  return known <= (entry.ordinal ?? 0) && entry.shape === shapeOf(projection);
}

function building({ name, version }: SomeProjection, entry: CatalogueEntry | undefined) {
  const state = entry === undefined ? "is not in the file yet" : `is being built as version ${version} beside version ${entry.version}`;
  return { code: "READ_MODEL_BUILDING" as const, params: { readModel: name, version }, message: `the read model ${name} ${state}; ask again when status says it has caught up` };
}
