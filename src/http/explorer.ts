import { getDistDirectory, renderAltair, renderInitSnippet, isSandboxFrame, SANDBOX_FRAME_CSP, type RenderOptions } from "altair-static";
import express, { Router } from "express";
import helmet from "helmet";
import { GRAPHQL_PATH } from "./paths.js";

/** A query that the explorer opens with, in a tab of its own. */
export interface ExampleQuery {
  readonly title: string;
  readonly query: string;
}

/** Shown where nothing else is given. */
const FIRST_QUERIES: readonly ExampleQuery[] = [
  { title: "Where is the ledger", query: "# How far the ledger and its read models are. Press the green button.\n{\n  ledger {\n    id\n    position\n    eventCount\n    readModels { name lagEvents }\n  }\n}\n" },
];
const INIT_SCRIPT = "initial_options.js";

/**
 * The explorer: Altair, every file of it out of its npm package. Its policy lets the page talk to this server and to nothing else; styles may stand
 * in the page because Altair makes them as it runs.
 */
export function explorer(queries: readonly ExampleQuery[] = FIRST_QUERIES): Router {
  const page = renderAltair({ baseURL: "./", serveInitialOptionsInSeperateRequest: INIT_SCRIPT }).replace("<title>Altair</title>", "<title>incident-ledger: explorer</title>");
  const router = Router({ strict: true });
  router.use(helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", "blob:"],
        frameSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'"],
      },
    },
  }));
  router.get("/", (req, res) => {
    // Altair's own addresses are relative to its folder.
    if (req.originalUrl.startsWith(`${req.baseUrl}/`)) res.type("html").send(page);
    else res.redirect(301, `${req.baseUrl}/`);
  });
  // Altair wants whole addresses; they follow the name by which the page was opened, which was found to be one of this server's.
  router.get(`/${INIT_SCRIPT}`, (req, res) => res.type("js").send(renderInitSnippet(optionsFor(req.headers.host ?? "", queries))));
  router.use(express.static(getDistDirectory(), {
    index: false,
    maxAge: "1h",
    setHeaders: (res, path) => {
      if (isSandboxFrame(path)) res.setHeader("content-security-policy", SANDBOX_FRAME_CSP);
    },
  }));
  return router;
}

function optionsFor(host: string, queries: readonly ExampleQuery[]): RenderOptions {
  const endpoints = {
    endpointURL: `http://${host}${GRAPHQL_PATH}`, subscriptionsEndpoint: `ws://${host}${GRAPHQL_PATH}`, initialSubscriptionRequestHandlerId: "graphql-ws",
  } as const;
  return {
    ...endpoints,
    // Altair shows the last one that it makes: that is to be the first query.
    initialWindows: queries.map(({ title, query }) => ({ ...endpoints, initialName: title, initialQuery: query })).reverse(),
    instanceStorageNamespace: "incident-ledger",
    disableAccount: true,
    initialSettings: {
      "theme": "system",
      "alert.disableUpdateNotification": true,
      "alert.disableWarnings": true,
      "banners.disable": true,
      "disablePushNotification": true,
      "schema.reloadOnStart": true,
      "plugin.list": [],
    },
  };
}
