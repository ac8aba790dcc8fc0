import type { ClientRequest, IncomingMessage } from "node:http";
import type { z } from "zod";
import { LedgerError } from "../../kernel/errors.js";
import { parseJson } from "../../kernel/json.js";
import { linesOf } from "../../http/lines.js";
import { NDJSON } from "../../http/ndjson.js";
import { COMMANDS_PATH } from "../../http/paths.js";
import { resultLineSchema, type SubmissionLine } from "../../http/wire.js";
import { notAServer, refusalIn, type LedgerServer } from "./server.js";

/** Longest line that a server writes: an event with its metadata, and room. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;

type Result = Exclude<z.output<typeof resultLineSchema>, { kind: "interrupted" }>;
interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: LedgerError) => void;
}

/**
 * One long request to `POST /commands`: commands go in as lines and their results come out in the same order, while the next are on their way. It is begun with the first
 * command, and again where the server had closed it while nothing was under way.
 */
export class CommandLine {
  readonly #server: LedgerServer;
  readonly #waiting: Waiting[] = [];
  #request: ClientRequest | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(server: LedgerServer) {
    this.#server = server;
  }

  /** Rejects with LedgerError STORE_UNAVAILABLE where the server goes down or away; whether it took the command is then not known, and sending it again is safe. */
  send(line: SubmissionLine): Promise<Result> {
    this.#request ??= this.#begin();
    const request = this.#request;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      request.write(`${JSON.stringify(line)}\n`);
    });
  }

  /** Fulfilled when the server has answered everything. */
  async close(): Promise<void> {
    this.#request?.end();
    await this.#ended;
  }

  #begin(): ClientRequest {
    const request = this.#server.begin({ method: "POST", path: COMMANDS_PATH, headers: { "content-type": NDJSON } });
    this.#ended = new Promise((resolve) => {
      const end = (error?: LedgerError): void => {
        if (this.#request === request) this.#request = undefined;
        for (const { reject } of this.#waiting.splice(0)) reject(error ?? this.#server.silent("it ended the request"));
        request.destroy();
        resolve();
      };
      request.once("error", (error) => end(this.#server.silent(error)));
      request.once("response", (response) => void this.#read(response).then(() => end(), (error: unknown) => end(error instanceof LedgerError ? error : this.#server.silent(error))));
    });
    request.flushHeaders();
    return request;
  }

  async #read(response: IncomingMessage): Promise<void> {
    if (response.statusCode !== 200) throw await refusalIn(response, this.#server);
    for await (const line of linesOf(response, MAX_LINE_BYTES)) {
      const parsed = resultLineSchema.safeParse(line.kind === "text" ? parseJson(line.text) : undefined);
      if (!parsed.success) throw notAServer(this.#server.url);
      if (parsed.data.kind === "interrupted") throw new LedgerError(parsed.data.refusal);
      this.#waiting.shift()?.resolve(parsed.data);
    }
  }
}
