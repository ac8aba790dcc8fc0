import type { EvidenceStore } from "../../evidence/port.js";

/** One of two places of evidence. */
export interface EvidencePlace {
  /** Whether there is such a folder at all. */
  readonly isThere: boolean;
  readonly store: EvidenceStore;
}
export interface EvidenceReport {
  readonly found: number;
  readonly copied: number;
  /** Files that could not be copied, each with why. */
  readonly problems: readonly string[];
}

/** Copies every file that is whole and not there yet. Its name is its digest, so that what arrives is known to be what was sent. */
export async function copyEvidence(source: EvidencePlace, target: EvidencePlace, signal: AbortSignal): Promise<EvidenceReport> {
  const report = { found: 0, copied: 0, problems: Array<string>() };
  if (!source.isThere) return report;
  for await (const finding of source.store.verify()) {
    signal.throwIfAborted();
    if (finding.kind === "stray") continue;
    if (finding.kind === "altered") report.problems.push(`${finding.sha256} is no longer what it was when it was kept (its digest is ${finding.actualSha256}), and was not copied`);
    else if (finding.kind === "unreadable") report.problems.push(`${finding.sha256} cannot be read (${finding.detail})`);
    else if ((await target.store.sizeOf(finding.sha256)) === finding.sizeBytes) report.found += 1;
    else {
      const problem = await copyOne(finding.sha256, source.store, target.store);
      if (problem === undefined) report.copied += 1;
      else report.problems.push(problem);
    }
  }
  return report;
}

async function copyOne(sha256: string, source: EvidenceStore, target: EvidenceStore): Promise<string | undefined> {
  const opened = await source.open(sha256);
  if (opened === undefined) return `${sha256} is gone`;
  const put = await target.put(opened.content);
  if (put.kind === "refused") return `${sha256} could not be kept: ${put.refusal.message}`;
  return put.sha256 === sha256 ? undefined : `${sha256} changed while it was copied`;
}
