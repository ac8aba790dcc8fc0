import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import type { Database } from "../sqlite/driver.js";
import { physicalName, tableOf } from "./table.js";

/**
 * - `live`: read, and kept up to date.
 * - `building`: being built anew; nobody reads it.
 * - `retired`: made by another version; read up to the ordinal it had reached, while its successor is being built.
 */
export type Role = "live" | "building" | "retired";

/** One build of one read model in the file. */
export interface CatalogueEntry {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly role: Role;
  /** Of a retired one: the last ordinal it took. */
  readonly ordinal: number | undefined;
  /** Its columns and indexes; a successor with the same lets it be read meanwhile. */
  readonly shape: string;
}

const ROLES: readonly Role[] = ["live", "building", "retired"];

export function readCatalogue(database: Database): readonly CatalogueEntry[] {
  return database.prepare("SELECT name, version, build, role, ordinal, shape FROM read_model").all().map((row) => ({
    name: String(row["name"]),
    version: Number(row["version"]),
    build: Number(row["build"]),
    role: ROLES.find((role) => role === row["role"]) ?? "retired",
    ordinal: row["ordinal"] === null ? undefined : Number(row["ordinal"]),
    shape: String(row["shape"]),
  }));
}

/** Columns and indexes as text, to compare two versions of a read model. */
export function shapeOf(projection: SomeProjection): string {
  return projection.use((known) => tableOf(known, "it").create.join("; "));
}

/** Makes an empty table for a new build. */
export function createBuild(database: Database, projection: SomeProjection, build: number, role: "live" | "building"): void {
  for (const statement of projection.use((known) => tableOf(known, physicalName(projection, build)).create)) database.exec(statement);
  database
    .prepare("INSERT INTO read_model (name, version, build, role, ordinal, shape) VALUES (?, ?, ?, ?, NULL, ?)")
    .run(projection.name, projection.version, build, role, shapeOf(projection));
}

/** Takes one build out of the file. */
export function dropBuild(database: Database, { name, version, build }: CatalogueEntry): void {
  database.exec(`DROP TABLE IF EXISTS ${physicalName({ name, version }, build)}`);
  database.prepare("DELETE FROM read_model WHERE name = ? AND build = ?").run(name, build);
}

/** Takes builds out that were cut short. */
export function dropUnfinished(database: Database): void {
  for (const entry of readCatalogue(database)) if (entry.role === "building") dropBuild(database, entry);
}

export function setRole(database: Database, entry: CatalogueEntry, role: Role, ordinal: number | undefined): void {
  database.prepare("UPDATE read_model SET role = ?, ordinal = ? WHERE name = ? AND build = ?").run(role, ordinal ?? null, entry.name, entry.build);
}

/**
 * Brings the file in line with this release, within the open transaction: drops unfinished builds and read models that are no more,
 * retires those of another version, and makes the tables of a file that has taken nothing yet. Says which must be built anew.
 */
export function alignCatalogue(database: Database, ordinal: number, projections: readonly SomeProjection[] = PROJECTIONS): readonly SomeProjection[] {
  for (const entry of readCatalogue(database)) {
    const projection = projections.find(({ name }) => name === entry.name);
    if (projection === undefined || entry.role === "building") dropBuild(database, entry);
    else if (entry.role === "live" && entry.version !== projection.version) setRole(database, entry, "retired", ordinal);
  }
  const live = new Set(readCatalogue(database).flatMap(({ name, role }) => (role === "live" ? [name] : [])));
  const missing = projections.filter(({ name }) => !live.has(name));
  if (ordinal > 0) return missing;
  const build = nextBuild(database);
  for (const projection of missing) createBuild(database, projection, build, "live");
  return [];
}

export function nextBuild(database: Database): number {
  return Math.max(0, ...readCatalogue(database).map(({ build }) => build)) + 1;
}
