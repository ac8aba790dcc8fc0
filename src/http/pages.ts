import { createHash } from "node:crypto";
import { printSchema, type GraphQLSchema } from "graphql";
import { Router } from "express";
import helmet from "helmet";
import type { LedgerServices } from "../graphql/context.js";
import { EXPLORER_PATH, GRAPHQL_PATH, HEALTH_PATH, SCHEMA_PATH } from "./paths.js";

const STYLE = `
body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto; padding: 0 1.5rem; color: #17324d; background: #fff; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; line-height: 1.2; margin: 3rem 0 .5rem; }
ul { padding-left: 1.2rem; }
a { color: #0059b3; }
code { font: .95em ui-monospace, monospace; background: #eef2f6; padding: .1em .35em; border-radius: .25em; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #10202f; } a { color: #7db8f5; } code { background: #1d3347; } }
`;

/** What a person sees who opens the server's address. It names no number that could be old. */
function greeting(ledgerId: string): string {
  return `<!doctype html>
<html lang="it">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>incident-ledger: ${ledgerId}</title>
<style>${STYLE}</style>
<main>
<h1>Registro degli incidenti <code>${ledgerId}</code></h1>
<p>Che cosa si è fermato, chi è stato colpito, per quanto tempo e che cosa è stato fatto. Nulla viene mai sovrascritto, e ogni risposta del passato si può dare di nuovo.</p>
<ul>
<li><a href="${EXPLORER_PATH}/">Explorer</a>: fare domande dal browser.</li>
<li><a href="${SCHEMA_PATH}">Schema</a>: ogni domanda e ogni comando, descritti.</li>
<li><a href="${HEALTH_PATH}">Stato</a>: se il servizio risponde.</li>
</ul>
<section lang="en">
<h2>Incident ledger</h2>
<p>What broke, whom it hit, for how long, and what was done about it. The <a href="${EXPLORER_PATH}/">explorer</a> asks questions in the browser, the <a href="${SCHEMA_PATH}">schema</a> describes them, <a href="${HEALTH_PATH}">health</a> says whether the service answers.</p>
<p>Programs send GraphQL to <code>POST ${GRAPHQL_PATH}</code>, and subscribe over the WebSocket at the same place (<code>graphql-transport-ws</code>).
Who acts is said in the header <code>x-actor</code>; until there is authentication it is recorded as unverified.</p>
</section>
</main>
</html>
`;
}

/** The pages beside the explorer: the greeting, and the schema as text. */
export function pages(schema: GraphQLSchema, { ledgerId }: LedgerServices): Router {
  const router = Router();
  const page = greeting(ledgerId);
  const sdl = printSchema(schema);
  const styleHash = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
  const policy = { useDefaults: false, directives: { defaultSrc: ["'none'"], styleSrc: [styleHash], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] } };
  const safe = helmet({ strictTransportSecurity: false, contentSecurityPolicy: policy });
  router.get("/", safe, (_req, res) => res.type("html").send(page));
  router.get(SCHEMA_PATH, safe, (_req, res) => res.type("text/plain").send(sdl));
  return router;
}
