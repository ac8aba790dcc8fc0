import { z } from "zod";
import type { Notes } from "./notes.js";
import { LEDGER } from "./query.js";
import { clipped } from "./names.js";
import { documentSchema, sliSpecSchema, type OpenSloDocument, type SliSpec } from "./specification.js";

/** A document that is OpenSLO v1, and which of all it is. */
export interface Numbered {
  readonly number: number;
  readonly document: OpenSloDocument;
}
/** The documents of a file, by what is read of them. */
export interface Sorted {
  readonly slos: readonly Numbered[];
  /** Indicators that SLOs refer to, by their names. */
  readonly slis: ReadonlyMap<string, { readonly number: number; readonly spec: SliSpec }>;
  /** The title of the terms, where the ledger wrote it. */
  readonly title: string | undefined;
  /** Whether the ledger wrote that they were invented. */
  readonly isIllustrative: boolean;
}

/** Sorts documents by their kinds; those that terms cannot hold are noted as lost, those that are no OpenSLO v1 as problems. */
export function sorted(values: readonly unknown[], notes: Notes): Sorted {
  const all = values.flatMap((value, number) => {
    const document = notes.of(number).parsed(documentSchema, value, []);
    return document === undefined ? [] : [{ number, document }];
  });
  noteTwins(all, notes);
  const ofKind = (kind: OpenSloDocument["kind"]): readonly Numbered[] => all.filter(({ document }) => document.kind === kind);
  const slos = ofKind("SLO");
  noteOthers(all, notes);
  return {
    slos,
    slis: indicators(ofKind("SLI"), slos, notes),
    title: ofKind("Service").map(({ document }) => titleOf(document)).find((title) => title !== undefined),
    isIllustrative: all.some(({ document }) => isOurs(document) && document.metadata.labels?.["illustrative"] === "true"),
  };
}

/** Whether the ledger wrote a document. */
export function isOurs({ metadata }: OpenSloDocument): boolean {
  return metadata.labels?.["source"] === LEDGER;
}

function noteTwins(all: readonly Numbered[], notes: Notes): void {
  const seen = new Set<string>();
  for (const { number, document } of all) {
    const key = `${document.kind} ${document.metadata.name}`;
    if (seen.has(key)) notes.of(number).problem(["metadata", "name"], `there are two documents ${key}; give each a name of its own`);
    seen.add(key);
  }
}

function noteOthers(all: readonly Numbered[], notes: Notes): void {
  for (const { number, document } of all) {
    const sentence = whyLost(document);
    if (sentence !== undefined) notes.of(number).lost([], sentence);
  }
}

function whyLost(document: OpenSloDocument): string | undefined {
  switch (document.kind) {
    case "AlertCondition":
    case "AlertNotificationTarget":
    case "AlertPolicy":
      return "terms have no alerts; the clocks of the ledger tell on their own when a time is at risk";
    case "DataSource":
      return "terms have no sources of data; the ledger measures by what is recorded in it";
    case "Service":
      return isOurs(document) ? undefined : "names and descriptions of services stand in the ledger's catalogue, not in terms";
    case "SLI":
    case "SLO":
      return undefined;
  }
}

function indicators(documents: readonly Numbered[], slos: readonly Numbered[], notes: Notes): Sorted["slis"] {
  const used = new Set(slos.map(({ document }) => document.spec["indicatorRef"]));
  const found = new Map<string, { number: number; spec: SliSpec }>();
  for (const { number, document: { metadata: { name }, spec } } of documents) {
    if (!used.has(name)) notes.of(number).lost([], "no SLO refers to it");
    const parsed = notes.of(number).parsed(sliSpecSchema, spec, ["spec"]);
    if (parsed !== undefined) found.set(name, { number, spec: parsed });
  }
  return found;
}

const contractService = z.looseObject({ displayName: z.string(), labels: z.looseObject({ kind: z.literal("contract") }) });
function titleOf(document: OpenSloDocument): string | undefined {
  if (!isOurs(document)) return undefined;
  const { data } = contractService.safeParse(document.metadata);
  const whole = document.spec["description"];
  return typeof whole === "string" && clipped(whole) === data?.displayName ? whole : data?.displayName;
}
