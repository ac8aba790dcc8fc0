import type { WebSocket as ProtocolSocket } from "graphql-ws";
import type { WebSocket } from "ws";
import { LedgerError } from "../kernel/errors.js";

/** From here on nothing more is read from a client until it has taken what it was sent. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** RFC 6455: the reason of a close frame. */
const MAX_REASON_BYTES = 123;

/** Close codes: RFC 6455, and those of the graphql-transport-ws protocol from 4400 on. */
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 4500;
const BAD_REQUEST = 4400;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/**
 * One client's line, as graphql-ws wants it. `send` is fulfilled when the system has taken the message, so that a subscription is not asked for its
 * next event while its client does not read; and a client that only talks is not listened to either. Signs of life are asked for regularly.
 */
export class SocketLine implements ProtocolSocket {
  readonly protocol: string;
  readonly closed: Promise<Closing>;
  readonly #socket: WebSocket;
  readonly #tell: (error: unknown) => void;
  #alive = true;

  /** `tell` is told what was not foreseen. */
  constructor(socket: WebSocket, keepAliveMs: number, tell: (error: unknown) => void) {
    this.#socket = socket;
    this.#tell = tell;
    this.protocol = socket.protocol;
    const pulse = setInterval(() => this.#beat(), keepAliveMs);
    pulse.unref();
    socket.on("pong", () => (this.#alive = true));
    // What is wrong with the line (a message that is too long, broken frames) ends in a close, which tells all there is to tell.
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        clearInterval(pulse);
        resolve({ code, reason: String(reason) });
      });
    });
  }

  send(data: string): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      // A failed send is followed by the close.
      socket.send(data, () => {
        if (socket.isPaused && socket.bufferedAmount < HIGH_WATER_BYTES) socket.resume();
        resolve();
      });
      if (socket.bufferedAmount >= HIGH_WATER_BYTES) socket.pause();
    });
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, cut(reason));
  }

  onMessage(take: (data: string) => Promise<void>): void {
    this.#socket.on("message", (data: Buffer) => {
      take(String(data)).catch((error: unknown) => {
        if (error instanceof LedgerError) {
          this.close(BAD_REQUEST, `${error.code}: ${error.message}`);
        } else {
          this.#tell(error);
          this.close(INTERNAL_ERROR, "INTERNAL");
        }
      });
    });
  }

  /** Says that the server goes away: clients of graphql-ws connect again by themselves. Fulfilled when the line is closed, after `graceMs` by force. */
  async leave(graceMs: number): Promise<void> {
    this.close(GOING_AWAY, "the server goes away: connect again, and subscribe from the last position");
    const timer = setTimeout(() => this.#socket.terminate(), graceMs);
    await this.closed;
    clearTimeout(timer);
  }

  #beat(): void {
    if (!this.#alive) this.#socket.terminate();
    this.#alive = false;
    this.#socket.ping();
  }
}

function cut(reason: string): string {
  return Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString("utf8").replace(/\uFFFD+$/u, "");
}
