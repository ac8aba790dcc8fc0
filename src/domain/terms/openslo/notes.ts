import type { z } from "zod";
import { problemsOf } from "../../refusal.js";

type Path = readonly PropertyKey[];

/** A sentence about a place in what is read. */
export interface Note {
  /** Which of the documents, from 0; undefined for what is about none of them. */
  readonly document: number | undefined;
  readonly path: Path;
  /** `spec.timeWindow.0.duration`; empty for the whole document. */
  readonly field: string;
  readonly sentence: string;
}

/** What is wrong in the documents that are read, and what of them has no place in terms; in the order in which they are found. */
export class Notes {
  readonly problems: Note[] = [];
  readonly lost: Note[] = [];

  of(document: number): DocumentNotes {
    return new DocumentNotes(this, document);
  }
}

/** The notes on one document. */
export class DocumentNotes {
  readonly #notes: Notes;
  readonly document: number;

  constructor(notes: Notes, document: number) {
    this.#notes = notes;
    this.document = document;
  }

  problem(path: Path, sentence: string): void {
    this.#notes.problems.push(note(this.document, path, sentence));
  }

  lost(path: Path, sentence: string): void {
    this.#notes.lost.push(note(this.document, path, sentence));
  }

  /** What a schema says of the value at `path`: the value as parsed, or undefined with its problems noted. */
  parsed<T>(schema: z.ZodType<T>, value: unknown, path: Path): T | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const problem of problemsOf(result.error, value)) {
      const field = [...path.map(String), ...(problem.field === "" ? [] : [problem.field])].join(".");
      this.#notes.problems.push({ document: this.document, path: [...path, ...problem.path], field, sentence: problem.sentence });
    }
    return undefined;
  }

  /** Notes as lost what an object has beyond the keys that are read. */
  unread(value: object, read: readonly string[], path: Path): void {
    for (const key of Object.keys(value)) if (!read.includes(key)) this.lost([...path, key], "terms have no place for it");
  }
}

export function note(document: number | undefined, path: Path, sentence: string): Note {
  return { document, path, field: path.map(String).join("."), sentence };
}
