import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { LedgerError } from "../kernel/errors.js";

/** An address of this machine that no other machine can reach. */
export interface LoopbackAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * The address to listen on. A name must resolve to loopback addresses only, and the server then listens on the first of them, not on the name.
 * Rejects with LedgerError ADDRESS_REFUSED for anything else, the empty name and `0.0.0.0` (every address of the machine) included.
 */
export async function loopbackAddress(host: string): Promise<LoopbackAddress> {
  const name = host.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(name) === 0 ? await resolveName(name) : [name];
  const [first] = found;
  const foreign = found.find((address) => !isLoopback(address));
  if (first === undefined || foreign !== undefined) throw refused(host, foreign);
  return { address: first, family: isIP(first) === 6 ? 6 : 4 };
}

async function resolveName(name: string): Promise<readonly string[]> {
  if (name === "") return [];
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function refused(host: string, foreign: string | undefined): LedgerError {
  const which = foreign === undefined || foreign === host ? JSON.stringify(host) : `${JSON.stringify(host)} (${foreign})`;
  return new LedgerError({
    code: "ADDRESS_REFUSED",
    field: "host",
    params: { host },
    message: `the server does not listen on ${which}: there is no authentication yet, so whoever reached it could read and write the whole ledger. `
      + "It listens on this machine only: use 127.0.0.1, ::1 or localhost, and a tunnel (ssh -L) to reach it from elsewhere",
  });
}

/** `http://127.0.0.1:4000`, `http://[::1]:4000` */
export function urlOf(address: string, port: number): string {
  return `http://${bracketed(address)}:${port}`;
}

/** An address as it stands in a URL or a Host header. */
export function bracketed(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}
