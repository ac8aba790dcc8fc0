import { isContractId, isImportId, type ImportId, type ZoneId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { languageSchema } from "../domain/values.js";
import { parseLocalDate } from "../time/text.js";
import { parseZone, ROME, UTC } from "../time/zone.js";
import type { ReaderSettings } from "./case.js";
import type { ComponentMapping, Effect } from "./mapping.js";
import type { CatalogueSettings } from "./catalogue.js";
import type { Format } from "./format.js";
import type { ImportLimits } from "./limits.js";
import { idPart, importIdOf, MAX_IMPORT_ID } from "./names.js";
import type { ImportProgress } from "./report.js";
import type { Encoding } from "./text.js";

/** What the operator of an import says; everything but the actor has a default. */
export interface ImportOptions {
  readonly actor: Actor;
  /** Default: format and file name. The same id again repeats or continues the import. */
  readonly importId?: string;
  /** Named, a file of any other format is refused. Default: told from the content. */
  readonly format?: Format;
  /** IANA zone of times that name none (CSV, commands) and of contracts that the import makes. Default: such times are refused; contracts get Europe/Rome, those of foreign sources UTC. */
  readonly zone?: string;
  /** Default UTF-8. */
  readonly encoding?: Encoding;
  /** A problem anywhere refuses the whole file, and nothing is stored. */
  readonly strict?: boolean;
  /** Only says what would happen. */
  readonly dryRun?: boolean;
  /** Prefix of the ids of a foreign source's bodies, services and contract, and its name. Default: what the source calls itself. */
  readonly site?: { readonly id: string; readonly name?: string };
  /** Contract under which new services run. Default: one made for the site. */
  readonly contract?: string;
  /** Local date from which new bodies, services and adoptions hold. Default 2000-01-01. */
  readonly effectiveFrom?: string;
  /** BCP 47 language of the source's texts. Default: `it` for CSV, else `en`. */
  readonly language?: string;
  /** What a word of the source for how bad it is becomes, instead of the default mapping. */
  readonly degrees?: Readonly<Record<string, Effect>>;
  /** Statuspage: components split over services and bodies. */
  readonly mapping?: ComponentMapping;
  readonly limits?: Partial<ImportLimits>;
  /** Called after each item and each chunk of the file. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Aborted, the import stops after the items under way; repeated it goes on. */
  readonly signal?: AbortSignal;
}

export interface Settings {
  readonly importId: ImportId;
  readonly reader: ReaderSettings;
  readonly catalogue: CatalogueSettings;
}

/** Options checked and completed for a file of `format`. Throws LedgerError: INVALID_ID, UNKNOWN_ZONE, INVALID_TIME, INVALID_INPUT. */
export function settingsOf(options: ImportOptions, format: Format, fileName: string): Settings {
  const importId = importIdFrom(options.importId, format, fileName);
  const own = format === "csv" || format === "commands";
  const zone = options.zone === undefined ? undefined : zoneFrom(options.zone);
  const cut: ZoneId = zone ?? (own ? ROME : UTC);
  const from = parseLocalDate(options.effectiveFrom ?? "2000-01-01", cut, "effectiveFrom");
  if (!from.ok) throw new LedgerError(from.refusal);
  const language = options.language ?? (format === "csv" ? "it" : "en");
  if (!languageSchema.safeParse(language).success) throw new LedgerError({ code: "INVALID_INPUT", field: "language", message: `${language} is not a BCP 47 language tag, such as it or en` });
  const reader: ReaderSettings = {
    importId,
    language,
    degrees: options.degrees ?? {},
    ...(options.site !== undefined && { site: siteFrom(options.site) }),
    ...contractFrom(options.contract),
    ...(zone !== undefined && { zone }),
    ...(options.mapping !== undefined && { mapping: options.mapping }),
  };
  return { importId, reader, catalogue: { effectiveFrom: from.value, zone: cut } };
}

function importIdFrom(id: string | undefined, format: Format, fileName: string): ImportId {
  if (id === undefined) return importIdOf(format, fileName);
  if (isImportId(id) && id.length <= MAX_IMPORT_ID) return id;
  throw new LedgerError({ code: "INVALID_ID", field: "importId", params: { importId: id.slice(0, 200) }, message: `${JSON.stringify(id.slice(0, 200))} is no import id: 1 to ${MAX_IMPORT_ID} of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit` });
}

function zoneFrom(text: string): ZoneId {
  const zone = parseZone(text);
  if (zone.ok) return zone.value;
  throw new LedgerError(zone.refusal);
}

function siteFrom({ id, name }: { readonly id: string; readonly name?: string }): { id: string; name: string } {
  return { id: idPart(id), name: name ?? id };
}

function contractFrom(id: string | undefined): Pick<ReaderSettings, "contractId"> {
  if (id === undefined) return {};
  if (isContractId(id)) return { contractId: id };
  throw new LedgerError({ code: "INVALID_ID", field: "contract", params: { contract: id.slice(0, 200) }, message: `${JSON.stringify(id.slice(0, 200))} is no contract id` });
}
