import { convertToCommandError } from "./protocol.js";

/** What went wrong in a call. `isTransient`: the same call may succeed now or on another connection; nobody knows whether this one took effect. */
export class StoreFailure extends Error {
  readonly isTransient: boolean;
  /** The client has found out where the leader is: the next call on it goes there. */
  readonly isLeaderElsewhere: boolean;
  /** No answer came in time. */
  readonly isTimeout: boolean;
  /** The server does not know the position that it was asked for. */
  readonly isUnknownPosition: boolean;

  constructor(reason: string, { isTransient = true, isLeaderElsewhere = false, isTimeout = false, isUnknownPosition = false, cause }: FailureOptions = {}) {
    super(reason, { cause });
    this.isTransient = isTransient;
    this.isLeaderElsewhere = isLeaderElsewhere;
    this.isTimeout = isTimeout;
    this.isUnknownPosition = isUnknownPosition;
  }
}
interface FailureOptions {
  readonly isTransient?: boolean;
  readonly isLeaderElsewhere?: boolean;
  readonly isTimeout?: boolean;
  readonly isUnknownPosition?: boolean;
  readonly cause?: unknown;
}

const CANCELLED = 1;
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const OUT_OF_RANGE = 11;
const UNAVAILABLE = 14;
/** Repeating them changes nothing. */
const LASTING: ReadonlySet<string> = new Set(["access-denied", "stream-deleted", "invalid-argument", "invalid-transaction", "unsupported"]);

/**
 * What an error of the client or of gRPC means. Errors of connecting come as they are from gRPC (code 14, without a `type`), most others as the
 * client's own, with one.
 */
export function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  if (!(error instanceof Error)) return new StoreFailure(String(error), { cause: error });
  const known = converted(error);
  const type = "type" in known && typeof known.type === "string" ? known.type : undefined;
  const code = "code" in known && typeof known.code === "number" ? known.code : undefined;
  const message = known.message === "" ? known.constructor.name : known.message;
  if (code === CANCELLED && message.endsWith("Cancelled on client")) return new StoreFailure("the connection was given up, for nothing came on it any more", { cause: error });
  if (type === "access-denied" || code === PERMISSION_DENIED) return new StoreFailure(`access was refused: ${message}`, { isTransient: false, cause: error });
  if (type === "stream-deleted") return new StoreFailure("the stream was deleted in the event store", { isTransient: false, cause: error });
  const isUnknownPosition = (type === undefined || type === "unknown") && (code === INVALID_ARGUMENT || code === OUT_OF_RANGE);
  return new StoreFailure(code === UNAVAILABLE ? `no connection: ${withoutPreamble(message)}` : `it does not answer as it should: ${message}`, {
    isTransient: !isUnknownPosition && (type === undefined || !LASTING.has(type)),
    isLeaderElsewhere: type === "not-leader",
    isUnknownPosition,
    cause: error,
  });
}

/** gRPC says twice that there is no connection before it says why. */
function withoutPreamble(message: string): string {
  return /Last error: (?:Error: )?(.*?)\.? Resolution note:/s.exec(message)?.[1] ?? message;
}

/** The client's reading of a gRPC error, which itself throws where the error lacks what it looks for. */
function converted(error: Error): Error {
  try {
    return convertToCommandError(error);
  } catch {
    return error;
  }
}
