import { resolve } from "node:path";
import { z } from "zod";
import { parseAddress, withoutPassword } from "./eventstore/eventstoredb/address.js";
import { isLedgerId, type LedgerId, type ZoneId } from "./kernel/brand.js";
import { LedgerError } from "./kernel/errors.js";
import { isZoneId } from "./time/zone.js";

export const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How the program runs: the environment, parsed once; what the command line says overrides it. */
export interface Configuration {
  /** Absolute path of the folder that holds events, read models and evidence. */
  readonly dataFolder: string;
  readonly ledgerId: LedgerId;
  /** Connection string of the server that holds the events; undefined: the data folder does. Not to be logged, for it may hold a password. */
  readonly eventStoreUrl: string | undefined;
  /** Absolute path of the folder of evidence files that processes on one event store share; undefined: it lies in the data folder. */
  readonly evidenceFolder: string | undefined;
  /** Address to listen on; only loopback is accepted, by the server. */
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** In which periods are cut and times are told, where nothing else says so. */
  readonly zone: ZoneId;
  readonly logLevel: LogLevel;
  /** How stale the read models may be for `/readyz` to say that the process is ready. */
  readonly readyLagSeconds: number;
  /** Largest evidence file taken, in bytes. */
  readonly evidenceLimitBytes: number;
}

/** One variable of the environment, as the README shows it. */
export interface Setting {
  readonly variable: string;
  /** Flag of the command line that overrides it, where there is one. */
  readonly flag: string | undefined;
  /** Undefined: not set. */
  readonly default: string | undefined;
  readonly description: string;
}

interface SettingOf<Key extends keyof Configuration> extends Setting {
  readonly schema: z.ZodType<Configuration[Key]>;
  /** What may be said of a value that is wrong, where not all of it. */
  readonly shown?: (text: string) => string;
}

function wholeNumber(from: number, to: number) {
  return z.string().regex(/^\d{1,15}$/, `a whole number from ${from} to ${to}`).transform(Number).refine((value) => value >= from && value <= to, `a whole number from ${from} to ${to}`);
}

/** Every setting there is; the README's table is made of this and tested against it. */
const SETTINGS: { readonly [Key in keyof Configuration]: SettingOf<Key> } = {
  dataFolder: {
    variable: "DATA_DIR", flag: "--data", default: "./data",
    description: "Folder that holds the ledger: events, read models, evidence. One process writes it at a time.",
    schema: z.string().trim().min(1, "the path of a folder").transform((path) => resolve(path)),
  },
  ledgerId: {
    variable: "LEDGER_ID", flag: "--ledger", default: "default",
    description: "Which ledger of the store: one province's. Lower-case letters, digits and hyphens.",
    schema: z.custom<LedgerId>(isLedgerId, "1 to 63 of a-z 0-9 -, beginning with a letter or digit"),
  },
  eventStoreUrl: {
    variable: "EVENTSTORE_URL", flag: undefined, default: undefined,
    description: "Connection string of an EventStoreDB or KurrentDB server or cluster that holds the events: `esdb://…` or `kurrentdb://…`. Not set: the data folder holds them.",
    schema: z.string().superRefine((text, context) => {
      const parsed = parseAddress(text);
      if (parsed.kind === "problem") context.addIssue(parsed.problem);
    }).optional(),
    shown: withoutPassword,
  },
  evidenceFolder: {
    variable: "EVIDENCE_DIR", flag: undefined, default: undefined,
    description: "Folder of the evidence files, which all processes on one event store must share; only together with `EVENTSTORE_URL`. Not set: `evidence` in the data folder.",
    schema: z.string().trim().min(1, "the path of a folder").transform((path) => resolve(path)).optional(),
  },
  host: {
    variable: "HOST", flag: "--host", default: "127.0.0.1",
    description: "Address the server listens on. Loopback only, until there is authentication.",
    schema: z.string().trim().min(1, "an address of this machine, such as 127.0.0.1"),
  },
  port: {
    variable: "PORT", flag: "--port", default: "4000",
    description: "Port the server listens on; 0 takes any that is free.",
    schema: wholeNumber(0, 65_535),
  },
  zone: {
    variable: "ZONE", flag: "--zone", default: "Europe/Rome",
    description: "IANA time zone in which periods are cut and times are told on the command line.",
    schema: z.custom<ZoneId>(isZoneId, "an IANA time zone, such as Europe/Rome"),
  },
  logLevel: {
    variable: "LOG_LEVEL", flag: undefined, default: "info",
    description: `How much the server logs, as JSON lines on standard error: ${LOG_LEVELS.join(", ")}. With debug, errors show where they come from.`,
    schema: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`),
  },
  readyLagSeconds: {
    variable: "READY_LAG_SECONDS", flag: undefined, default: "10",
    description: "How long ago the read models may have last taken everything in the store for `/readyz` to say that this process is ready, in seconds.",
    schema: wholeNumber(0, 86_400),
  },
  evidenceLimitBytes: {
    variable: "EVIDENCE_LIMIT_BYTES", flag: undefined, default: String(100 * 1024 * 1024),
    description: "Largest evidence file that is taken, in bytes.",
    schema: wholeNumber(1, 1024 ** 4),
  },
};

export const CONFIGURATION: readonly Setting[] = Object.values(SETTINGS).map(({ variable, flag, default: value, description }) => ({ variable, flag, default: value, description }));

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** What a command line may say instead of the environment. */
export type Overrides = { readonly [Key in keyof Configuration]?: string | undefined };

/**
 * The configuration that an environment and a command line come to. An empty variable counts as not set. Throws LedgerError INVALID_CONFIGURATION
 * that names every setting that cannot be used, with its value and what it may be.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv, overrides: Overrides = {}): Configuration {
  const problems: string[] = [];
  const read = <Key extends keyof Configuration>(key: Key): Configuration[Key] | undefined => {
    const { variable, flag, default: fallback, schema, shown = (value: string): string => value } = SETTINGS[key];
    const said = overrides[key];
    const text = said ?? nonEmpty(environment[variable]) ?? fallback;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    const name = said === undefined ? variable : (flag ?? variable);
    problems.push(`${name} is ${JSON.stringify(shown(text ?? ""))}, and must be ${parsed.error.issues[0]?.message ?? "something else"}`);
    return undefined;
  };
  const [dataFolder, ledgerId, eventStoreUrl, evidenceFolder, host, port, zone, logLevel, readyLagSeconds, evidenceLimitBytes] = [
    read("dataFolder"), read("ledgerId"), read("eventStoreUrl"), read("evidenceFolder"), read("host"), read("port"), read("zone"), read("logLevel"), read("readyLagSeconds"), read("evidenceLimitBytes"),
  ];
  if (evidenceFolder !== undefined && eventStoreUrl === undefined && problems.length === 0) {
    problems.push("EVIDENCE_DIR is set without EVENTSTORE_URL: it is for processes that share an event store; without one the evidence lies in the data folder");
  }
  if (
    problems.length > 0 || dataFolder === undefined || ledgerId === undefined || host === undefined || port === undefined || zone === undefined
    || logLevel === undefined || readyLagSeconds === undefined || evidenceLimitBytes === undefined
  ) {
    throw new LedgerError({ code: "INVALID_CONFIGURATION", params: { problems }, message: problems.join("; ") });
  }
  return { dataFolder, ledgerId, eventStoreUrl, evidenceFolder, host, port, zone, logLevel, readyLagSeconds, evidenceLimitBytes };
}
