import { z } from "zod";
import { isLedgerId, type LedgerId, type ZoneId } from "./kernel/brand.js";
import { LedgerError } from "./kernel/errors.js";
import { isZoneId } from "./time/zone.js";

/** The settings of the program: read once from the environment, then passed on. Options on the command line go before them. */
export interface Config {
  readonly dataDir: string;
  readonly ledgerId: LedgerId;
  readonly host: string;
  readonly port: number;
  readonly zone: ZoneId;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

/** One environment variable: what it is for, in the words of the README's table. */
export interface Setting {
  readonly name: string;
  readonly fallback: string;
  readonly description: string;
}
export const SETTINGS: readonly Setting[] = [
  { name: "DATA_DIR", fallback: "./data", description: "folder of the ledger, its read models and its evidence" },
  { name: "LEDGER_ID", fallback: "default", description: "name of the ledger: lower-case letters, digits and hyphens" },
  { name: "HOST", fallback: "127.0.0.1", description: "address to listen on; loopback only while there is no authentication" },
  { name: "PORT", fallback: "4000", description: "port to listen on" },
  { name: "ZONE", fallback: "Europe/Rome", description: "IANA time zone for periods and printed times where none is asked for" },
  { name: "LOG_LEVEL", fallback: "info", description: `one of ${LOG_LEVELS.join(", ")}` },
];

const schema = z.object({
  DATA_DIR: z.string().min(1, "a folder"),
  LEDGER_ID: z.custom<LedgerId>(isLedgerId, "lower-case letters, digits and hyphens, beginning with a letter or digit"),
  HOST: z.string().min(1, "an address"),
  PORT: z.string().regex(/^\d{1,5}$/, "a port from 0 to 65535").transform(Number).pipe(z.number().max(65_535, "a port from 0 to 65535")),
  ZONE: z.custom<ZoneId>(isZoneId, "an IANA time zone such as Europe/Rome"),
  LOG_LEVEL: z.enum(LOG_LEVELS),
});

/** Throws LedgerError INVALID_CONFIGURATION, which names the variable, its value and what it should be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(SETTINGS.map(({ name, fallback }) => [name, environment[name] ?? fallback]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "");
    throw new LedgerError({
      code: "INVALID_CONFIGURATION",
      field: name,
      params: { name, value: given[name] ?? "" },
      message: `${name} is ${JSON.stringify(given[name])}; it should be ${issue?.message ?? "something else"}`,
    });
  }
  const { DATA_DIR, LEDGER_ID, HOST, PORT, ZONE, LOG_LEVEL } = parsed.data;
  return { dataDir: DATA_DIR, ledgerId: LEDGER_ID, host: HOST, port: PORT, zone: ZONE, logLevel: LOG_LEVEL };
}
