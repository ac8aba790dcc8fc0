import type { Instant } from "../src/kernel/brand.js";
import { instant, isInstant } from "../src/kernel/brand.js";
import type { Actor } from "../src/kernel/event.js";
import { parseJson } from "../src/kernel/json.js";
import type { Column } from "../src/kernel/projection.js";
import { isActorId } from "../src/kernel/brand.js";
import type { When } from "../src/time/when.js";

function unexpected(stored: unknown, what: string): never {
  throw new TypeError(`the read model holds ${JSON.stringify(stored)} where ${what} belongs; it can be rebuilt`);
}

/** Text of one kind; `guard` knows it. */
export function text<T extends string>(guard: (value: unknown) => value is T): Column<T> {
  return { affinity: "TEXT", write: (value) => value, read: (stored) => (guard(stored) ? stored : unexpected(stored, "text")) };
}
export const anyText: Column<string> = text((value): value is string => typeof value === "string");

/** One of a closed list of words. */
export function word<const T extends string>(words: readonly T[]): Column<T> {
  return text((value): value is T => words.some((known) => known === value));
}

export const integer: Column<number> = {
  affinity: "INTEGER",
  write: (value) => value,
  read: (stored) => (typeof stored === "number" ? stored : unexpected(stored, "an integer")),
};

/** An instant, or OPEN_ENDED, which lies beyond all of them. */
export const moment: Column<Instant> = {
  affinity: "INTEGER",
  write: (value) => value,
  read: (stored) => (typeof stored === "number" ? instant(stored) : unexpected(stored, "an instant")),
};

/** An instant as its number, a band as `"earliest/latest"`. */
export const when: Column<When> = {
  affinity: "BLOB",
  write: (value) => (typeof value === "number" ? value : `${value.earliest}/${value.latest}`),
  read: (stored) => {
    if (isInstant(stored)) return stored;
    if (typeof stored !== "string") return unexpected(stored, "a time");
    const [earliest, latest] = stored.split("/").map(Number);
    return isInstant(earliest) && isInstant(latest) ? { earliest, latest } : unexpected(stored, "a band");
  },
};

/** The id, after a tilde where nobody has verified it (no id begins with one). */
export const actor: Column<Actor> = {
  affinity: "TEXT",
  write: ({ id, verified }) => (verified ? id : `~${id}`),
  read: (stored) => {
    const id: unknown = typeof stored === "string" && stored.startsWith("~") ? stored.slice(1) : stored;
    return isActorId(id) ? { id, verified: id === stored } : unexpected(stored, "an actor");
  },
};

/** A value as JSON. Its shape is not looked at again: only the same version of the same projection has written it. */
export function json<T>(): Column<T> {
  const isOwn = (value: unknown): value is T => value !== undefined;
  return {
    affinity: "TEXT",
    write: (value) => JSON.stringify(value),
    read: (stored) => {
      const value = typeof stored === "string" ? parseJson(stored) : undefined;
      return isOwn(value) ? value : unexpected(stored, "JSON");
    },
  };
}

/** How much a `remembered` column keeps. */
interface Memory {
  /** Values, in two halves: the older half goes when the younger one is full. */
  readonly values: number;
  /** Longer texts are not kept. */
  readonly textLength: number;
}
const SMALL_TEXTS: Memory = { values: 1024, textLength: 2048 };
/** For documents of which there are few. */
export const DOCUMENTS: Memory = { values: 64, textLength: 262_144 };

/** `column`, for what is stored as text and read over and over, such as what is on the first page of a list: it is made of its text once. */
export function remembered<T>(column: Column<T>, { values, textLength }: Memory = SMALL_TEXTS): Column<T> {
  let young = new Map<string, T>();
  let old = young;
  const keep = (stored: string, value: T): T => {
    if (young.size >= values / 2) {
      old = young;
      young = new Map();
    }
    young.set(stored, value);
    return value;
  };
  return {
    affinity: column.affinity,
    write: column.write,
    read: (stored) => {
      if (typeof stored !== "string" || stored.length > textLength) return column.read(stored);
      return young.get(stored) ?? keep(stored, old.get(stored) ?? column.read(stored));
    },
  };
}

/** `column`, or null for `undefined`. */
export function optional<T>(column: Column<T>): Column<T | undefined> {
  return {
    affinity: column.affinity,
    write: (value) => (value === undefined ? null : column.write(value)),
    read: (stored) => (stored === null ? undefined : column.read(stored)),
  };
}

/** `column`, or null for the value that nearly all rows have. `isUsual` knows it. */
export function usually<T>(usual: T, isUsual: (value: T) => boolean, column: Column<T>): Column<T> {
  return {
    affinity: column.affinity,
    write: (value) => (isUsual(value) ? null : column.write(value)),
    read: (stored) => (stored === null ? usual : column.read(stored)),
  };
}
