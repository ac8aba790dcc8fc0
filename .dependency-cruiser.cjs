/**
 * Import directions (docs/map.md). Rooms, innermost first; a room may import from those before it only.
 * kernel ← time ← domain, sla ← projections ← readmodel ← reports ← graphql ← http ← cli, main
 */
const ROOMS = {
  "^src/kernel/": [],
  "^src/sqlite/": ["^src/kernel/"],
  "^src/time/": ["^src/kernel/"],
  "^src/sla/": ["^src/kernel/", "^src/time/"],
  "^src/domain/": ["^src/kernel/", "^src/time/", "^src/sla/"],
  "^projections/": ["^src/kernel/", "^src/time/", "^src/sla/", "^src/domain/"],
  "^src/eventstore/": ["^src/kernel/", "^src/sqlite/"],
  "^src/evidence/": ["^src/kernel/"],
  "^src/app/": ["^src/kernel/", "^src/time/", "^src/domain/", "^src/eventstore/"],
  "^src/readmodel/": ["^src/kernel/", "^src/time/", "^src/domain/", "^src/sqlite/", "^src/eventstore/", "^projections/"],
  "^src/reports/": ["^src/kernel/", "^src/time/", "^src/domain/", "^src/sla/", "^projections/", "^src/readmodel/"],
  "^src/graphql/": ["^src/kernel/", "^src/time/", "^src/domain/", "^src/sla/", "^src/eventstore/", "^src/evidence/", "^src/app/", "^projections/", "^src/readmodel/", "^src/reports/"],
  "^src/import/": ["^src/kernel/", "^src/time/", "^src/domain/", "^src/eventstore/", "^src/app/"],
};
const directions = Object.entries(ROOMS).map(([from, to]) => ({
  name: `direction: ${from.replace(/[\^]|\/$/g, "")}`,
  severity: "error",
  from: { path: from },
  to: { path: "^(src|projections|bench|test)/", pathNot: [from, ...to].join("|") },
}));

const PURE = "^(src/(domain|sla|reports|kernel|time)|projections)/";

module.exports = {
  forbidden: [
    ...directions,
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "pure rooms touch no file, network or process",
      severity: "error",
      from: { path: PURE },
      to: { dependencyTypes: ["core"] },
    },
    { name: "one user of luxon", severity: "error", from: { pathNot: "^(src/time|test/time)/" }, to: { path: "node_modules/(@types/)?luxon" } },
    { name: "one chooser of SQLite", severity: "error", from: { pathNot: "^(src|test)/sqlite/" }, to: { path: "(@photostructure/sqlite|node:sqlite)" } },
    { name: "one importer of the EventStoreDB client", severity: "error", from: { path: "^src/", pathNot: "^src/eventstore/eventstoredb/protocol\\.ts$" }, to: { path: "node_modules/(@eventstore/db-client|@grpc/|google-protobuf)" } },
    { name: "only main and the command line build adapters", severity: "error", from: { path: "^src/", pathNot: "^src/(cli/|main\\.ts|eventstore/|readmodel/|evidence/)" }, to: { path: "^src/(eventstore/(sqlite|eventstoredb\\.ts)|evidence/files)" } },
    { name: "only the command line builds the server", severity: "error", from: { path: "^src/", pathNot: "^src/(cli/|main\\.ts|http/)" }, to: { path: "^src/http/" } },
    { name: "the product does not import its tests", severity: "error", from: { path: "^(src|projections)/" }, to: { path: "^(test|bench)/" } },
    { name: "nothing unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "nothing undeclared", severity: "error", from: { path: "^(src|projections)/" }, to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"], exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
    doNotFollow: { path: "node_modules" },
  },
};
