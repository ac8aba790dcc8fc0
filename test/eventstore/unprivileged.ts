import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** `nobody` on Debian and most others; any id without files of its own would do. */
const NOBODY = 65_534;

/** Runs `work` as a user whom permissions bind: a superuser becomes `nobody` for that time. */
export async function asUnprivileged(work: () => Promise<void> | void): Promise<void> {
  const superuser = process.geteuid?.() === 0;
  if (superuser) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (superuser) process.seteuid?.(0);
  }
}

/** Everybody may read the folder and its files, and nobody may write. */
export function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isFile()) chmodSync(join(folder, entry.name), 0o444);
  chmodSync(folder, 0o555);
}
export function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isFile()) chmodSync(join(folder, entry.name), 0o644);
}
