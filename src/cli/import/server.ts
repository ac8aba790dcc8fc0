import { Agent, request, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { z } from "zod";
import type { LedgerId } from "../../kernel/brand.js";
import { ERROR_CODES, LedgerError } from "../../kernel/errors.js";
import { parseJson } from "../../kernel/json.js";
import { loopbackAddress, urlOf } from "../../http/address.js";
import { HEALTH_PATH } from "../../http/paths.js";

/** Requests for streams at the same time. */
const SOCKETS = 16;
/** Longest answer that is kept whole: a refusal, or what a server says of its health. */
const MAX_ANSWER_BYTES = 1024 * 1024;

const healthSchema = z.object({ status: z.literal("ok"), ledgerId: z.string() });
const refusalSchema = z.object({ errors: z.tuple([z.object({ message: z.string(), extensions: z.object({ code: z.enum(ERROR_CODES) }) })], z.unknown()) });

/** A ledger's server on this machine, as its client sees it. */
export class LedgerServer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  readonly #host: string;
  readonly #port: number;
  readonly url: string;

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    this.#host = host;
    this.#port = port;
    this.url = urlOf(host, port);
  }

  /** The answer to a GET. Rejects with the server's LedgerError, or STORE_UNAVAILABLE where it does not answer. */
  async get(path: string): Promise<IncomingMessage> {
    const response = await this.#answer(path);
    if (response.statusCode === 200) return response;
    throw await refusalIn(response, this);
  }

  /** Begins a request whose body and answer go both ways at once, over a connection of its own. */
  begin(options: RequestOptions): ClientRequest {
    return request({ ...options, host: this.#host, port: this.#port, agent: false });
  }

  /** That it does not answer, and what to do. */
  silent(cause: unknown): LedgerError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the server ${this.url} does not answer (${reason}); what it acknowledged is stored. Repeat the same command when it is back`;
    return new LedgerError({ code: "STORE_UNAVAILABLE", params: { url: this.url, reason }, message }, { cause });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #answer(path: string): Promise<IncomingMessage> {
    for (;;) {
      const asking = request({ host: this.#host, port: this.#port, path, agent: this.#agent });
      try {
        return await new Promise<IncomingMessage>((resolve, reject) => asking.once("response", resolve).once("error", reject).end());
      } catch (error) {
        // A kept connection may have been closed by the server the moment it was used again: asked on a new one, nothing is lost.
        if (!asking.reusedSocket) throw this.silent(error);
      }
    }
  }
}

/**
 * The server at a URL such as `http://127.0.0.1:4000`, once it has said that it serves `ledgerId`. Rejects with LedgerError: INVALID_INPUT for what is no such
 * URL or no such server, ADDRESS_REFUSED for another machine's, INVALID_CONFIGURATION where it serves another ledger, STORE_UNAVAILABLE where nothing answers.
 */
export async function serverAt(text: string, ledgerId: LedgerId): Promise<LedgerServer> {
  const server = new LedgerServer(await addressIn(text));
  try {
    const health = healthSchema.safeParse(jsonIn(await textOf(await server.get(HEALTH_PATH))));
    if (!health.success) throw notAServer(text);
    if (health.data.ledgerId === ledgerId) return server;
    const serves = health.data.ledgerId;
    throw new LedgerError({ code: "INVALID_CONFIGURATION", field: "--ledger", params: { ledgerId, serves }, message: `the server ${server.url} serves the ledger ${serves}, not ${ledgerId}; if that is the one you mean, add --ledger ${serves}` });
  } catch (error) {
    server.close();
    throw error;
  }
}

async function addressIn(text: string): Promise<{ readonly host: string; readonly port: number }> {
  const url = URL.parse(text);
  const isPlain = url?.protocol === "http:" && url.username === "" && url.password === "" && url.pathname === "/" && url.search === "" && url.hash === "";
  if (url === null || !isPlain) throw new LedgerError({ code: "INVALID_INPUT", field: "--server", params: { url: text.slice(0, 200) }, message: `--server ${JSON.stringify(text.slice(0, 200))} is not the URL of a server on this machine, such as http://127.0.0.1:4000` });
  const { address } = await loopbackAddress(url.hostname);
  return { host: address, port: url.port === "" ? 80 : Number(url.port) };
}

/** What a server answered instead. */
export async function refusalIn(response: IncomingMessage, server: Pick<LedgerServer, "url">): Promise<LedgerError> {
  const parsed = refusalSchema.safeParse(jsonIn(await textOf(response)));
  if (!parsed.success) return notAServer(server.url);
  const [{ message, extensions: { code } }] = parsed.data.errors;
  return new LedgerError({ code, message });
}

export function notAServer(url: string): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", field: "--server", params: { url }, message: `what answers at ${url} is no server of an incident ledger, or one of another release; check the address` });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.byteLength;
    if (bytes > MAX_ANSWER_BYTES) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
