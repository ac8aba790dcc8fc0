import { expect } from "chai";
import { once } from "node:events";
import { WebSocket } from "ws";
import type { Served } from "./served.js";

/** The protocol of graphql-ws. */
export const PROTOCOL = "graphql-transport-ws";

export function urlOf(served: Served): string {
  return `${served.url.replace("http", "ws")}/graphql`;
}

export interface OpenLine {
  readonly socket: WebSocket;
  readonly subscribe: (id: string, query: string) => void;
  /** The next message of the server. */
  readonly receive: () => Promise<unknown>;
}

/** A connection without a client library, past its opening. */
export async function openLine(served: Served, options: WebSocket.ClientOptions = {}): Promise<OpenLine> {
  const socket = new WebSocket(urlOf(served), PROTOCOL, options);
  const messages: unknown[] = [];
  let wake = (): void => undefined;
  socket.on("message", (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString("utf8"));
    messages.push(message);
    wake();
  });
  const receive = async (): Promise<unknown> => {
    while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return messages.shift();
  };
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  expect(await receive()).to.deep.equal({ type: "connection_ack" });
  return { socket, receive, subscribe: (id, query) => socket.send(JSON.stringify({ id, type: "subscribe", payload: { query } })) };
}

export function closingOf(socket: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  return new Promise((resolve) => socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })));
}
