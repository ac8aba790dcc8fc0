/** Bounds on what an import reads: nothing in a file is trusted, and no file makes the process grow without bound. */
export interface ImportLimits {
  /** Most bytes of a file, unpacked where it is compressed. */
  readonly maxFileBytes: number;
  /** Most bytes of one line of a file that is read line by line; a longer line is passed over and reported. */
  readonly maxLineBytes: number;
  /** Most bytes of a file that can only be understood whole: one JSON document, or a CSV whose rows belong together. */
  readonly maxDocumentBytes: number;
  /** Most lines that one quoted CSV record may span. */
  readonly maxRecordLines: number;
  /** Most problems, and most mends, that a report lists one by one; all of them are counted. */
  readonly maxNotes: number;
}

export const DEFAULT_LIMITS: ImportLimits = {
  maxFileBytes: 1024 * 1024 * 1024,
  maxLineBytes: 1024 * 1024,
  maxDocumentBytes: 64 * 1024 * 1024,
  maxRecordLines: 200,
  maxNotes: 10_000,
};
