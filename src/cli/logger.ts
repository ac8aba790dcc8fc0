import { destination, pino, type Logger } from "pino";
import type { LogLevel } from "../config.js";
import type { ReadModelNotice } from "../readmodel/port.js";

/** The program's log: JSON lines on standard error, written at once, so that nothing of it is missing after a crash. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: { pid: process.pid } }, destination({ dest: 2, sync: true }));
}

/** Tells what the read models have to tell in the log. */
export function logNotice(logger: Logger): (notice: ReadModelNotice) => void {
  return (notice) => {
    const { kind, ...details } = notice;
    switch (kind) {
      case "not-understood":
      case "store-interrupted":
      case "stopped":
        logger.warn(details, `read models: ${kind}`);
        return;
      case "store-resumed":
      case "rebuilding":
      case "rebuilt":
        logger.info(details, `read models: ${kind}`);
    }
  };
}

/** What the read models tell, in a sentence for those who run a verb; undefined for what they need not know. */
export function noticeText(notice: ReadModelNotice): string | undefined {
  switch (notice.kind) {
    case "not-understood":
      return `not understood by this release, and left out of every answer: ${notice.type} in ${notice.stream} (${notice.detail})`;
    case "store-interrupted":
      return `the event store does not answer (${notice.reason}); trying again`;
    case "store-resumed":
      return "the event store answers again";
    case "stopped":
      return `the read models could not be written (${notice.reason}); trying again`;
    case "rebuilding":
      return `building the read models anew: ${notice.why}`;
    case "rebuilt":
      return undefined;
  }
}
