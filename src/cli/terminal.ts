import pc from "picocolors";
import { LedgerError } from "../kernel/errors.js";

/** Where a verb prints. `json`: one JSON value a line on standard output, nothing else there. */
export interface Terminal {
  readonly json: boolean;
  readonly width: number;
  readonly paint: Paint;
  /** A line for people; nothing in JSON mode. */
  line(text?: string): void;
  /** A JSON value; nothing in the mode for people. */
  value(value: unknown): void;
  /** To standard error in both modes. */
  note(text: string): void;
  failure(error: unknown): void;
  /** Whether standard error is a terminal, where a progress bar may move. */
  readonly progress: boolean;
}
export type Paint = Pick<ReturnType<typeof pc.createColors>, "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta">;

const PIPED_WIDTH = 120;

/** Colours on a terminal only, and not when NO_COLOR is set (https://no-color.org). */
export function createTerminal(options: { readonly json: boolean; readonly debug: boolean }): Terminal {
  const coloured = process.stdout.isTTY && !("NO_COLOR" in process.env) && process.env["TERM"] !== "dumb";
  const paint = pc.createColors(coloured);
  const out = (text: string): void => void process.stdout.write(`${text}\n`);
  const err = (text: string): void => void process.stderr.write(`${text}\n`);
  return {
    json: options.json,
    width: Math.max(60, Math.min(process.stdout.isTTY ? process.stdout.columns : PIPED_WIDTH, 160)),
    paint,
    line: (text = "") => (options.json ? undefined : out(text)),
    value: (value) => (options.json ? out(JSON.stringify(value)) : undefined),
    note: err,
    failure: (error) => err(describeError(error, options)),
    progress: process.stderr.isTTY,
  };
}

function describeError(error: unknown, { json, debug }: { readonly json: boolean; readonly debug: boolean }): string {
  const known = error instanceof LedgerError;
  const code = known ? error.code : "INTERNAL";
  const message = known ? error.message : `something unexpected happened (${error instanceof Error ? error.message : String(error)}); nothing acknowledged is lost. Please report it`;
  if (json) return JSON.stringify({ error: { code, message, ...(known && { field: error.field, params: error.params }) } });
  const stack = debug && error instanceof Error ? `\n${error.stack ?? ""}` : "";
  return `error ${code}: ${message}${stack}`;
}
