import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";

const PROGRAM = fileURLToPath(new URL("writing-process.ts", import.meta.url));

/** A real process that runs `writing-process.ts` on a data folder, and what it has said so far. */
export class WritingProcess {
  readonly said: JsonObject[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Set<() => void>();

  constructor(verb: "hold" | "append", folder: string) {
    const started = spawn(process.execPath, ["--import", "tsx", PROGRAM, verb, folder], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = started;
    this.#ended = once(started, "close");
    createInterface({ input: started.stdout }).on("line", (line) => {
      const value = parseLine(line);
      if (value !== undefined) this.said.push(value);
      for (const look of [...this.#waiting]) look();
    });
  }

  get pid(): number {
    return this.#process.pid ?? expect.fail("not started");
  }

  /** Fulfilled when it has said `count` things of that kind; rejected when it ends before. */
  async until(kind: string, count = 1): Promise<JsonObject> {
    const held = new Promise<JsonObject>((resolve) => {
      const look = (): void => {
        const found = this.said.filter((line) => line["kind"] === kind)[count - 1];
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
    const over = this.#ended.then(async () => this.said.some((line) => line["kind"] === kind) ? held : expect.fail(`the process ended without saying ${kind}`));
    return Promise.race([held, over]);
  }

  /** `kill -9`; fulfilled when it is gone and all it said has been heard. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }

  /** Lets a holding process close its store and end. */
  async finish(): Promise<void> {
    this.#process.stdin?.end("\n");
    await this.#ended;
  }
}

/** A killed process may leave half a line. */
function parseLine(line: string): JsonObject | undefined {
  try {
    const value = parseJson(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
