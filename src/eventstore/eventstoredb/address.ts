/** Where a store is and how it is reached: a connection string of EventStoreDB or KurrentDB, taken apart. */
export interface StoreAddress {
  /** Nodes to ask, at least one. */
  readonly hosts: readonly { readonly address: string; readonly port: number }[];
  /** Whether the nodes are asked for the cluster's members first; otherwise the one node is the store. */
  readonly isCluster: boolean;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly isEncrypted: boolean;
  /** Paths of files, relative to the working directory. */
  readonly files: { readonly tlsCAFile?: string; readonly userCertFile?: string; readonly userKeyFile?: string };
  readonly options: AddressOptions;
}
export interface AddressOptions {
  readonly nodePreference?: NodePreference;
  readonly connectionName?: string;
  readonly maxDiscoverAttempts?: number;
  readonly discoveryInterval?: number;
  readonly gossipTimeout?: number;
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
  readonly defaultDeadline?: number;
}
export type NodePreference = (typeof PREFERENCES)[number];

const PREFERENCES = ["leader", "follower", "read_only_replica", "random"] as const;
const FILES = ["tlsCAFile", "userCertFile", "userKeyFile"] as const;
const NUMBERS = ["maxDiscoverAttempts", "discoveryInterval", "gossipTimeout", "keepAliveInterval", "keepAliveTimeout", "defaultDeadline"] as const;
const OTHERS = ["tls", "tlsVerifyCert", "throwOnAppendFailure", "nodePreference", "connectionName"] as const;
const KEYS = [...FILES, ...NUMBERS, ...OTHERS] as const;
type Key = (typeof KEYS)[number];

const DEFAULT_PORT = 2113;
const STRING = /^(?<scheme>esdb|kurrentdb|kurrent|kdb)(?<discover>\+discover)?:\/\/(?:(?<user>[^:@/?]+):(?<password>[^@/?]+)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<query>.*))?$/;
const HOST = /^(?<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>[0-9]{1,5}))?$/;

export type ParsedAddress = { readonly kind: "address"; readonly address: StoreAddress } | { readonly kind: "problem"; readonly problem: string };

/** Takes a connection string apart, or says what it must be; that text never repeats a password. */
export function parseAddress(text: string): ParsedAddress {
  try {
    return { kind: "address", address: addressOf(text.trim()) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: "problem", problem: error.message };
    throw error;
  }
}

/** The connection string as it may be shown: without its password. */
export function withoutPassword(text: string): string {
  return text.replace(/^([^/]*:\/\/[^:@/]*):.*@/, "$1:***@");
}

class Malformed extends Error {}

function addressOf(text: string): StoreAddress {
  const { discover, user, password, hosts = "", query } = STRING.exec(text)?.groups ?? {};
  if (hosts === "") throw new Malformed("esdb://host:2113 or kurrentdb://host:2113, with user:password@ before the host and ?options after it where they are needed");
  const nodes = hosts.split(",").map(hostOf);
  const options = optionsOf(query ?? "");
  if (options.tlsVerifyCert === "false") throw new Malformed("without tlsVerifyCert=false, which the client does not support; name the authority that signed the certificate in tlsCAFile");
  if ((options.userCertFile === undefined) !== (options.userKeyFile === undefined)) throw new Malformed("with both userCertFile and userKeyFile, or with neither");
  return {
    hosts: nodes,
    isCluster: discover !== undefined || nodes.length > 1,
    credentials: user === undefined || password === undefined ? undefined : { username: decoded(user), password: decoded(password) },
    isEncrypted: options.tls !== "false",
    files: pick(options, FILES, decoded),
    options: {
      ...pick(options, NUMBERS, wholeNumber),
      ...(options.nodePreference !== undefined && { nodePreference: preferenceOf(options.nodePreference) }),
      ...(options.connectionName !== undefined && { connectionName: decoded(options.connectionName) }),
    },
  };
}

function hostOf(text: string): StoreAddress["hosts"][number] {
  const { name, port } = HOST.exec(text.trim())?.groups ?? {};
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (name === undefined || number < 1 || number > 65_535) throw new Malformed(`with hosts such as node1.example.org:2113, not ${JSON.stringify(text)}`);
  return { address: name, port: number };
}

/** Keys are taken as the client takes them: whatever their case, hyphens and underscores. */
function optionsOf(query: string): { [Each in Key]?: string } {
  const options: { [Each in Key]?: string } = {};
  for (const pair of query.split("&").filter((part) => part !== "")) {
    const [, name = pair, value = ""] = /^([^=]*)=(.*)$/.exec(pair) ?? [];
    const key = KEYS.find((known) => flat(known) === flat(name));
    if (key === undefined) throw new Malformed(`without the option ${JSON.stringify(name)}; known are ${KEYS.join(", ")}`);
    if (value === "") throw new Malformed(`with a value for ${key}`);
    if ((key === "tls" || key === "tlsVerifyCert" || key === "throwOnAppendFailure") && value !== "true" && value !== "false") throw new Malformed(`with ${key} true or false`);
    options[key] = value.trim();
  }
  return options;
}

function flat(text: string): string {
  return text.toLowerCase().replaceAll(/[_-]/g, "");
}

function preferenceOf(value: string): NodePreference {
  const preference = PREFERENCES.find((known) => flat(known) === flat(value));
  if (preference === undefined) throw new Malformed(`with nodePreference one of ${PREFERENCES.join(", ")}`);
  return preference;
}

function wholeNumber(value: string): number {
  if (!/^(-1|[0-9]{1,9})$/.test(value)) throw new Malformed(`with a whole number instead of ${JSON.stringify(value)}`);
  return Number(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Malformed("with special characters written as %XX");
  }
}

/** The named values that are there, each read. */
function pick<Name extends Key, T>(options: { readonly [Each in Key]?: string }, names: readonly Name[], read: (value: string) => T): { [Each in Name]?: T } {
  const picked: { [Each in Name]?: T } = {};
  for (const name of names) {
    const value = options[name];
    if (value !== undefined) picked[name] = read(value);
  }
  return picked;
}
