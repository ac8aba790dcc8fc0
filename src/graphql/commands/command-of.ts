import type { ZoneId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { commandSchema, EVENT_OF, subjectOf } from "../../domain/commands.js";
import type { FactCommand, LedgerCommand } from "../../domain/record.js";
import { refusalOf } from "../../domain/refusal.js";
import { beginningOf } from "../../domain/terms/beginning.js";
import { parseLocalDate } from "../../time/text.js";
import { isZoneId, ROME } from "../../time/zone.js";
import { orThrow } from "../input/or-throw.js";
import { isFields, withoutNulls, type Fields } from "../input/without-nulls.js";
import { FACT_FIELDS } from "./mutations.js";

/** What the mapping asks the ledger. */
export interface Lookup {
  /** The zone in which everything about a contract is cut; undefined for one that is not known. */
  readonly zoneOfContract: (contractId: string) => Promise<ZoneId | undefined>;
  /** The type of a recorded fact; undefined for one that is not known. */
  readonly typeOfRecord: (eventId: string) => Promise<string | undefined>;
  /** The legal regimes that are known, by id. */
  readonly regimes: ReadonlyMap<string, object>;
  /** The regime that a decision keeps; undefined for another record, and for one that is not known. */
  readonly regimeOfRecord: (eventId: string) => Promise<object | undefined>;
  /** Whether an incident, a body and a regime are known: a regime whose file is gone is, if something is recorded under it. */
  readonly isKnown: (thing: { readonly incidentId: string; readonly bodyId: string; readonly regimeId: string }) => Promise<{ readonly incident: boolean; readonly body: boolean; readonly regime: boolean }>;
  /** The event of a computation; undefined for one that is not known. */
  readonly computation: (ref: { readonly contractId: string; readonly period: string; readonly number: number }) => Promise<string | undefined>;
}

/**
 * The command that a mutation's `input` means. The fields of an input are those of the command's payload, but for local dates, which become instants
 * here, and for corrections, which say a whole fact anew. Throws LedgerError with the field that is wrong.
 */
export async function commandOf(type: LedgerCommand["type"], input: Fields, lookup: Lookup): Promise<LedgerCommand> {
  const fields = withoutNulls(input);
  if (type === "CorrectRecord") return parsed(type, await correctionOf(fields, lookup), "");
  if (type === "WithdrawRecord") return parsed(type, fields, "");
  return factCommandOf(type, fields, { lookup, under: "" });
}

/** Where fields are looked up, and under which field of the input they stand. */
interface Surroundings {
  readonly lookup: Lookup;
  readonly under: string;
  /** The record that is corrected, where one is. */
  readonly correcting?: string;
}

async function factCommandOf(type: FactCommand["type"], fields: Fields, around: Surroundings): Promise<LedgerCommand> {
  return parsed(type, await completed(type, fields, around), around.under);
}

/** What the input leaves to be worked out: dates in their zone, the date of a document, the event of a computation. */
async function completed(type: FactCommand["type"], fields: Fields, around: Surroundings): Promise<Fields> {
  if (type === "AgreeTerms") return withDateOfTerms(fields, around.under);
  if ("regimeId" in fields) return withRegime(type, fields, around);
  return dated(type, await withComputation(fields, around), around);
}

/** Terms say themselves from which date they hold; what is wrong with the rest of the document is said when it is parsed. */
function withDateOfTerms(fields: Fields, under: string): Fields {
  const beginning = beginningOf(fields["terms"], `${under}terms.effectiveFrom`);
  return { ...fields, effectiveFrom: beginning === undefined ? 0 : orThrow(beginning) };
}

/**
 * A decision that a regime applies keeps the regime as it is, and a correction of the decision keeps what it kept: deadlines do not move because a data file changed
 * meanwhile. Incident, body and regime are of other places: that they are known is looked at here, when something is first recorded.
 */
async function withRegime(type: FactCommand["type"], fields: Fields, { lookup, under, correcting }: Surroundings): Promise<Fields> {
  const { regimeId, incidentId, bodyId } = fields;
  if (correcting !== undefined) return type === "DecideObligationApplies" ? { ...fields, regime: await lookup.regimeOfRecord(correcting) } : fields;
  if (typeof regimeId !== "string") return fields;
  if (typeof incidentId === "string" && typeof bodyId === "string") {
    const known = await lookup.isKnown({ incidentId, bodyId, regimeId });
    if (!known.incident) throw new LedgerError({ code: "NOT_FOUND", field: `${under}incidentId`, params: { incidentId }, message: `no incident ${JSON.stringify(incidentId)} is known; check the id` });
    if (!known.body) throw new LedgerError({ code: "NOT_FOUND", field: `${under}bodyId`, params: { bodyId }, message: `no body ${JSON.stringify(bodyId)} is known; check the id` });
    if (!known.regime) throw noRegime(regimeId, lookup, under);
  }
  if (type !== "DecideObligationApplies") return fields;
  const regime = lookup.regimes.get(regimeId);
  if (regime === undefined) throw noRegime(regimeId, lookup, under);
  return { ...fields, regime };
}

function noRegime(regimeId: string, { regimes }: Lookup, under: string): LedgerError {
  const ids = [...regimes.keys()];
  const message = `no regime ${JSON.stringify(regimeId)} is known; there are ${ids.length === 0 ? "none" : ids.join(", ")}, and a file in the folder \`regimes\` of the ledger adds one`;
  return new LedgerError({ code: "NOT_FOUND", field: `${under}regimeId`, params: { regimeId, regimes: ids }, message });
}

/** A computation is named by its period and number, and kept by its event. */
async function withComputation(fields: Fields, { lookup, under }: Surroundings): Promise<Fields> {
  const { computation, contractId } = fields;
  if (!isFields(computation) || typeof contractId !== "string") return fields;
  const { period, number } = computation;
  if (typeof period !== "string" || typeof number !== "number") return fields;
  const eventId = await lookup.computation({ contractId, period, number });
  if (eventId !== undefined) return { ...fields, computation: { period, number, eventId } };
  throw new LedgerError({
    code: "NOT_FOUND", field: `${under}computation`, params: { contractId, period, number },
    message: `${contractId} has no computation ${number} for ${period}; compute the assessment first (computeAssessment), or look up its number (assessments)`,
  });
}

/** `fact` holds a command's input under the name of its fact. It says which thing the record is about as well: ids never change by a correction. */
async function correctionOf({ eventId, reason, fact }: Fields, lookup: Lookup): Promise<Fields> {
  const [only, more] = isFields(fact) ? Object.entries(fact) : [];
  const type = only === undefined || more !== undefined ? undefined : FACT_FIELDS.get(only[0]);
  if (only === undefined || type === undefined) throw wrongFact("`fact` takes exactly one of its fields: the one that the record's type names");
  const recorded = typeof eventId === "string" ? await lookup.typeOfRecord(eventId) : undefined;
  if (recorded !== undefined && recorded !== EVENT_OF[type]) {
    throw wrongFact(`the record is of type ${recorded}, and a correction cannot make it ${EVENT_OF[type]}; say what it should say under its own name`);
  }
  const [name, content] = only;
  const command = await factCommandOf(type, isFields(content) ? content : {}, { lookup, under: `fact.${name}.`, ...(typeof eventId === "string" && { correcting: eventId }) });
  const { category, id } = subjectOf(command);
  return { category, subjectId: id, eventId, reason, data: command.data };
}

function wrongFact(message: string): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", field: "fact", message });
}

/** `effectiveFrom` as the instant of local midnight: in the zone given, else in the contract's for a command on a contract, else in Rome. */
async function dated(type: FactCommand["type"], fields: Fields, { lookup, under }: Surroundings): Promise<Fields> {
  const { effectiveFrom, zone: given, ...rest } = fields;
  if (typeof effectiveFrom !== "string") return fields;
  const zone = isZoneId(given) ? given : await zoneOf(fields, lookup);
  const midnight = orThrow(parseLocalDate(effectiveFrom, zone, `${under}effectiveFrom`));
  return { ...rest, effectiveFrom: midnight, ...(type === "AwardContract" && { zone }) };
}

/** Bodies and services always come with a zone, by the schema's default. */
async function zoneOf({ contractId }: Fields, lookup: Lookup): Promise<ZoneId> {
  return (typeof contractId === "string" ? await lookup.zoneOfContract(contractId) : undefined) ?? ROME;
}

function parsed(type: LedgerCommand["type"], data: Fields, under: string): LedgerCommand {
  const result = commandSchema.safeParse({ type, data });
  if (result.success) return result.data;
  const refusal = refusalOf(result.error, { type, data });
  const field = refusal.field ?? "input";
  const code = isAboutId(field, result.error.issues[0]?.code) ? "INVALID_ID" : refusal.code;
  throw new LedgerError({ ...refusal, code, field: `${under}${field}` });
}

function isAboutId(field: string, issue: string | undefined): boolean {
  return issue === "custom" && /Id(s\.\d+)?$/.test(field);
}
