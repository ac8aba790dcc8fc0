import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, inlineSourceMap: true };

let program: string | undefined;

/**
 * The program as it stands in the source, in JavaScript: a process starts with it in half the time that it would need from TypeScript. Made once for all suites, in a
 * folder that is gone when they end. Types are checked elsewhere.
 */
export function compiledProgram(): string {
  program ??= join(compile(), "src", "main.js");
  return program;
}

function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), "incident-ledger-program-"));
  // Other users run it too: what nobody may write to is tested as one whom permissions bind.
  chmodSync(folder, 0o755);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const room of ["src", "projections"]) {
    for (const entry of readdirSync(join(PACKAGE, room), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
      const from = join(PACKAGE, room, entry);
      const to = join(folder, room, entry.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, ts.transpileModule(readFileSync(from, "utf8"), { compilerOptions: OPTIONS, fileName: from }).outputText);
    }
  }
  for (const beside of ["schema", "demo", "regimes", "package.json"]) cpSync(join(PACKAGE, beside), join(folder, beside), { recursive: true });
  symlinkSync(join(PACKAGE, "node_modules"), join(folder, "node_modules"));
  return folder;
}
