import { SingleBar } from "cli-progress";
import type { CopyProgress } from "../eventstore/copy.js";
import type { ImportProgress, TakeBackOptions } from "../import/index.js";
import type { Terminal } from "./terminal.js";

/** A bar on standard error that moves with the work; nothing where that is no terminal. */
export interface Bar<Progress> {
  tell(progress: Progress): void;
  /** Leaves it as it stands, on a line of its own. */
  stop(): void;
}
type Screen = Pick<Terminal, "interactive" | "json">;
type TakeBackProgress = Parameters<NonNullable<TakeBackOptions["onProgress"]>>[0];

const SILENT = { tell: () => undefined, stop: () => undefined };
const PHASES: Readonly<Record<ImportProgress["phase"], string>> = { rehearsing: "looking  ", importing: "importing" };

export function importBar({ interactive, json }: Screen): Bar<ImportProgress> {
  if (!interactive || json) return SILENT;
  const bar = newBar("{phase} {bar} {percentage} %  {items} items, {accepted} events, {problems} problems");
  let phase: ImportProgress["phase"] | undefined;
  return {
    tell: ({ bytesRead, bytesTotal, ...progress }) => {
      const payload = { ...progress, phase: PHASES[progress.phase] };
      if (phase !== undefined && progress.phase !== phase) bar.stop();
      if (progress.phase !== phase) bar.start(Math.max(1, bytesTotal ?? bytesRead), bytesRead, payload);
      phase = progress.phase;
      if (bytesTotal === undefined) bar.setTotal(Math.max(1, bytesRead));
      bar.update(bytesRead, payload);
    },
    stop: () => bar.stop(),
  };
}

export function takeBackBar({ interactive, json }: Screen): Bar<TakeBackProgress> {
  if (!interactive || json) return SILENT;
  const bar = newBar("taking back {bar} {percentage} %  {value} of {total} events");
  let isStarted = false;
  return {
    tell: ({ done, total }) => {
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

/** Counts only: how many events there are is known at the end. */
export function copyBar({ interactive, json }: Screen): Bar<CopyProgress> {
  if (!interactive || json) return SILENT;
  const bar = newBar("{found} events verified, {copied} copied");
  let isStarted = false;
  return {
    tell: ({ found, copied }) => {
      if (!isStarted) bar.start(1, 0, { found, copied });
      isStarted = true;
      bar.update(0, { found, copied });
    },
    stop: () => bar.stop(),
  };
}

function newBar(format: string): SingleBar {
  return new SingleBar({ stream: process.stderr, hideCursor: true, gracefulExit: false, barsize: 28, format, barCompleteChar: "█", barIncompleteChar: "░" });
}
