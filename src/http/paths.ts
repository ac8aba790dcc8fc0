/** Where GraphQL is, over HTTP and over the WebSocket. */
export const GRAPHQL_PATH = "/graphql";
export const EXPLORER_PATH = "/explorer";
export const EVIDENCE_PATH = "/evidence";
export const COMMANDS_PATH = "/commands";
export const HEALTH_PATH = "/healthz";
export const READY_PATH = "/readyz";
export const METRICS_PATH = "/metrics";
export const SCHEMA_PATH = "/schema.graphql";
