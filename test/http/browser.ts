import { access, constants } from "node:fs/promises";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
/** Nothing but this machine can be resolved, and the browser does nothing of its own accord. */
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** A browser, or undefined where none is installed. `CHROMIUM` in the environment says where one is. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = await firstThatRuns([process.env["CHROMIUM"] ?? "", ...PLACES]);
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, args: FLAGS });
}

async function firstThatRuns(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const runs = place !== "" && (await access(place, constants.X_OK).then(() => true, () => false));
    if (runs) return place;
  }
  return undefined;
}

/** Said once, so that a run without a browser is not taken for one with it. */
export function sayNoBrowser(suite: string): void {
  console.log(`      skipped: no Chromium, so ${suite} was not opened in a browser (install it, or name it in CHROMIUM)`);
}
