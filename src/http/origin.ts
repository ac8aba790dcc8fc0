import type { IncomingHttpHeaders } from "node:http";
import type { Refusal } from "../kernel/errors.js";
import { bracketed } from "./address.js";

/** How this server is called by those who mean it. */
export interface OwnNames {
  /** Values of the Host header. */
  readonly hosts: ReadonlySet<string>;
  /** Values of the Origin header: pages that this server gave. */
  readonly origins: ReadonlySet<string>;
}

/** The names of a server that listens on a loopback address. */
export function ownNames(address: string, port: number): OwnNames {
  const names = ["localhost", "127.0.0.1", "[::1]", bracketed(address)];
  const hosts = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}

/**
 * Why a request is not from someone who means this server, or undefined. A name of another host in `Host` is a page that had its own name resolve
 * to this machine (DNS rebinding); another `Origin` is a page that makes the browser of someone who may do so write here (CSRF).
 */
export function refusalOfOrigin(headers: IncomingHttpHeaders, own: OwnNames): Refusal | undefined {
  const host = headers.host ?? "";
  if (!own.hosts.has(host.toLowerCase())) {
    return { code: "ADDRESS_REFUSED", field: "Host", params: { host }, message: `the request was meant for ${JSON.stringify(host)}, which is not this server: use ${[...own.hosts].join(", ")}` };
  }
  const { origin } = headers;
  if (origin !== undefined && !own.origins.has(origin.toLowerCase())) {
    return { code: "ADDRESS_REFUSED", field: "Origin", params: { origin }, message: `the request comes from a page of ${JSON.stringify(origin)}, and only pages of this server may use it` };
  }
  return undefined;
}
