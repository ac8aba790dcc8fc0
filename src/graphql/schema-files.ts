import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { concatAST, parse, Source, type DocumentNode } from "graphql";

/** The nearest folder above `from` that holds a package.json: the package root, from sources and from `dist` alike. */
function packageRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("no package.json above the program: the installation is incomplete");
  return packageRoot(parent);
}

/** The SDL of `schema/*.graphql` as one document. Throws GraphQLError, naming the file, where one does not parse. */
export function readSchemaFiles(): DocumentNode {
  const folder = join(packageRoot(dirname(fileURLToPath(import.meta.url))), "schema");
  const names = readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
  return concatAST(names.map((name) => parse(new Source(readFileSync(join(folder, name), "utf8"), name))));
}
