import type { RequestHandler } from "express";
import type { Logger } from "pino";

/** One line a request, written when it has ended; without the query string, which may hold what is asked. */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    if (logger.isLevelEnabled("info")) {
      const { method, path } = req;
      const startedMs = performance.now();
      res.once("close", () => {
        const durationMs = Math.round((performance.now() - startedMs) * 1000) / 1000;
        logger.info({ method, path, status: res.statusCode, durationMs, ...(!res.writableFinished && { aborted: true }) }, "request");
      });
    }
    next();
  };
}
