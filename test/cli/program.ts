import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { compiledProgram } from "./compiled.js";

/** A process that takes longer hangs, and is killed: the test that waits for it then fails. */
const LONGEST_MS = 50_000;
/** How long a test of processes may take where the machine has much else to do. */
export const PATIENCE_MS = 60_000;

/** What a run of the program left behind. */
export interface Ran {
  /** Exit code; the name of the signal where one ended it. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Run as this user, where the tests run as a superuser. */
  readonly uid?: number;
  /** No file may grow beyond so many blocks of 1024 bytes: a write fails as on a full disk, `EFBIG` for `ENOSPC`. */
  readonly fileLimitKib?: number;
}

const alive = new Set<ChildProcess>();
/** What a test that failed left running would keep the whole run from ending. */
after(() => {
  for (const process of alive) process.kill("SIGKILL");
});

/** The program itself, as a process of its own. */
export class Program {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Set<() => void>();
  #out = "";
  #err = "";

  constructor(args: readonly string[], { env, uid, fileLimitKib }: RunOptions = {}) {
    const command = [process.execPath, compiledProgram(), ...args];
    // An ignored signal stays ignored in what a shell becomes: a write beyond the limit fails then, instead of ending the process.
    const [file = "", ...rest] = fileLimitKib === undefined ? command : ["bash", "-c", `trap '' XFSZ; ulimit -f ${fileLimitKib}; exec "$@"`, "bash", ...command];
    this.#process = spawn(file, rest, { env: environment(env), stdio: ["ignore", "pipe", "pipe"], timeout: LONGEST_MS, killSignal: "SIGKILL", ...(uid !== undefined && { uid, gid: uid }) });
    this.#ended = once(this.#process, "close");
    alive.add(this.#process);
    this.#process.once("close", () => alive.delete(this.#process));
    this.#process.stdout?.on("data", (part: Buffer) => {
      this.#out += part.toString("utf8");
      for (const look of [...this.#waiting]) look();
    });
    this.#process.stderr?.on("data", (part: Buffer) => (this.#err += part.toString("utf8")));
  }

  get pid(): number {
    return this.#process.pid ?? expect.fail("not started");
  }

  async ended(): Promise<Ran> {
    await this.#ended;
    return { code: this.#process.exitCode ?? this.#process.signalCode ?? "?", out: this.#out, err: this.#err };
  }

  kill(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<Ran> {
    this.#process.kill(signal);
    return this.ended();
  }

  /** The first match in what it prints; fails when it ends before. */
  async printed(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = (): void => {
        const match = pattern.exec(this.#out);
        if (match === null) return;
        this.#waiting.delete(look);
        resolve(match[0]);
      };
      this.#waiting.add(look);
      look();
    });
    const over = this.#ended.then(() => (pattern.test(this.#out) ? found : expect.fail(`it ended without printing ${String(pattern)}: ${this.#out}${this.#err}`)));
    return Promise.race([found, over]);
  }
}

/** What a user's shell holds, without what would change how the program speaks. */
function environment(more: RunOptions["env"]): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_V8_COVERAGE } = process.env;
  return { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...(NODE_V8_COVERAGE !== undefined && { NODE_V8_COVERAGE }), ...more };
}

const room = { free: Math.max(2, availableParallelism()), waiting: new Array<() => void>() };

/** Runs the program to its end; no more at once than the machine has processors. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  while (room.free === 0) await new Promise<void>((resolve) => room.waiting.push(resolve));
  room.free -= 1;
  try {
    return await new Program(args, options).ended();
  } finally {
    room.free += 1;
    room.waiting.shift()?.();
  }
}

/** Runs that have all begun before the first test of the suite looks at one of them. */
export function runs<Name extends string>(all: () => Readonly<Record<Name, Promise<Ran>>>): (name: Name) => Promise<Ran> {
  let begun: Readonly<Record<Name, Promise<Ran>>> | undefined;
  before(() => {
    begun = all();
  });
  after(async () => {
    await Promise.all(Object.values(begun ?? {}));
  });
  return (name) => (begun === undefined ? expect.fail("runs begin with the suite") : begun[name]);
}

/** What went to standard output, one JSON object a line; fails where a line is anything else. */
export function values({ out }: Pick<Ran, "out">): readonly JsonObject[] {
  return out.split("\n").slice(0, -1).map((line) => {
    const value = parseJson(line);
    return isJsonObject(value) ? value : expect.fail(`no JSON object: ${line}`);
  });
}

/** It ended as an error does: with this exit code, nothing on standard output, and on standard error one line with its code that says what to do. */
export function refused(ran: Ran, exit: number, code: string, ...says: readonly RegExp[]): void {
  expect([ran.code, ran.out], ran.err).to.deep.equal([exit, ""]);
  const lines = ran.err.split("\n").filter((line) => line.startsWith("error "));
  expect(lines, ran.err).to.have.length(1);
  expect(lines[0]).to.match(new RegExp(`^error ${code}: .{20,}`, "s"));
  for (const pattern of says) expect(ran.err).to.match(pattern);
  expect(ran.err, "no stack, no colour").to.not.match(/\n\s+at |\u001b/);
}
