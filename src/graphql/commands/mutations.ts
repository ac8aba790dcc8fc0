import { EVENT_OF } from "../../domain/commands.js";
import { WORKED_OUT } from "./worked-out.js";
import type { Fact, FactCommand, LedgerCommand } from "../../domain/record.js";

/** `ReportIncident` as the schema names its mutation: `reportIncident`. */
function fieldName(type: string): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}

type FactCommandType = FactCommand["type"];
function factCommandTypes(): readonly FactCommandType[] {
  const known = new Map<string, Fact["type"]>(Object.entries(EVENT_OF));
  const isCommand = (type: string): type is FactCommandType => known.has(type);
  return [...known.keys()].filter(isCommand);
}
const FACT_COMMANDS = factCommandTypes();

/** Facts that are final, or that only the program states: `correctRecord` takes none of them. */
const NOT_CORRECTED: ReadonlySet<string> = new Set<FactCommandType>(WORKED_OUT);

/** The mutation of each command: one a command, named after it. Its `input` has the fields of the command's payload. */
export const MUTATIONS: ReadonlyMap<string, LedgerCommand["type"]> = new Map<string, LedgerCommand["type"]>([
  ...FACT_COMMANDS.map((type) => [fieldName(type), type] as const),
  ["correctRecord", "CorrectRecord"],
  ["withdrawRecord", "WithdrawRecord"],
]);

/** The fields of `FactInput`, named after the facts, with the command whose payload each takes. */
export const FACT_FIELDS: ReadonlyMap<string, FactCommandType> = new Map(FACT_COMMANDS.filter((type) => !NOT_CORRECTED.has(type)).map((type) => [fieldName(EVENT_OF[type]), type] as const));
