import pc from "picocolors";
import { LedgerError } from "../kernel/errors.js";
import type { Json } from "../kernel/json.js";

export type Paint = Pick<ReturnType<typeof pc.createColors>, "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta" | "underline">;

/** Where a verb prints: what was asked for goes to standard output, everything else to standard error. */
export interface Terminal {
  /** One JSON value a line on standard output, and nothing else there. */
  readonly json: boolean;
  /** Columns to fill. */
  readonly width: number;
  readonly paint: Paint;
  /** Whether standard error is a terminal, where a progress bar may move. */
  readonly interactive: boolean;
  /** Whoever read standard output has gone (`| head`): there is no use in printing more. */
  readonly gone: boolean;
  /** Text for people; nothing in JSON mode. */
  print(text?: string): void;
  /** A document as it is, byte by byte: its line ends are its own. */
  write(document: string): void;
  /** A JSON value; nothing in the mode for people. */
  value(value: Json): void;
  /** To standard error, in both modes. */
  note(text: string): void;
  /** What went wrong, to standard error: its code, what was wrong and what to do. */
  failure(error: unknown): void;
}

/** Where nothing says how wide the reader is. */
const PIPED_WIDTH = 120;
const WIDTHS = { least: 60, most: 180 };

export interface TerminalOptions {
  readonly json: boolean;
  /** Also tell where an unexpected error comes from. */
  readonly debug: boolean;
}

/** The process's own standard output and error. */
export function createTerminal({ json, debug }: TerminalOptions): Terminal {
  let gone = false;
  whenReaderGoes(() => (gone = true));
  const out = (text: string): void => {
    if (!gone) process.stdout.write(`${text}\n`);
  };
  const err = (text: string): void => void process.stderr.write(`${text}\n`);
  const errPaint = pc.createColors(isColoured(process.stderr));
  return {
    json,
    width: widthOf(process.stdout, process.env),
    paint: pc.createColors(isColoured(process.stdout)),
    interactive: process.stderr.isTTY && process.env["TERM"] !== "dumb",
    get gone() {
      return gone;
    },
    print: (text = "") => {
      if (!json) out(text);
    },
    write: (document) => {
      if (!gone) process.stdout.write(document);
    },
    value: (value) => {
      if (json) out(JSON.stringify(value));
    },
    note: err,
    failure: (error) => err(json ? failureJson(error) : failureText(error, errPaint, debug)),
  };
}

/** A reader that has gone (`| head`) is no error; `listener` is told of it. */
export function whenReaderGoes(listener: () => void): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    listener();
  });
  process.stderr.on("error", () => undefined);
}

/** On a terminal only, unless NO_COLOR (https://no-color.org) or FORCE_COLOR says otherwise. */
function isColoured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return true;
  return stream.isTTY && TERM !== "dumb";
}

function widthOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): number {
  const said = Number(environment["COLUMNS"]);
  const columns = stream.isTTY ? stream.columns : Number.isInteger(said) && said > 0 ? said : PIPED_WIDTH;
  return Math.max(WIDTHS.least, Math.min(columns, WIDTHS.most));
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly params?: Json;
}

function failureOf(error: unknown): Failure {
  if (error instanceof LedgerError) return { code: error.code, message: error.message, ...(error.field !== undefined && { field: error.field }), params: error.params };
  const what = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", message: `something unexpected happened (${what}); nothing that was acknowledged is lost. Set LOG_LEVEL=debug to see where, and please report it` };
}

function failureJson(error: unknown): string {
  return JSON.stringify({ error: failureOf(error) });
}

function failureText(error: unknown, paint: Paint, debug: boolean): string {
  const { code, message } = failureOf(error);
  const stack = debug && error instanceof Error && error.stack !== undefined ? `\n${paint.dim(error.stack)}` : "";
  return `${paint.red(paint.bold(`error ${code}:`))} ${message}${stack}`;
}
