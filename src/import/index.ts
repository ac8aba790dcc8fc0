/** Imports of outside formats, and taking them back. */
export { FORMAT_NAMES, FORMATS, type Format } from "./format.js";
export { importFile } from "./import-file.js";
export { DEFAULT_LIMITS, type ImportLimits } from "./limits.js";
export { localTarget } from "./local-target.js";
export { EFFECTS, parseMapping, type ComponentMapping, type Effect } from "./mapping.js";
export { placeText, type Mend, type Place, type Problem } from "./notes.js";
export type { Created, ImportProgress, ImportReport } from "./report.js";
export type { ImportOptions } from "./settings.js";
export { fileSource, type ImportSource } from "./source.js";
export { takeBack, type NotWithdrawn, type TakeBackOptions, type TakeBackReport } from "./take-back.js";
export type { ImportTarget } from "./target.js";
