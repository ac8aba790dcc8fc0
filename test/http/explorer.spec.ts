import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser, sayNoBrowser } from "./browser.js";
import { ask, serve, type Served } from "./served.js";

const EXAMPLES = [
  { title: "Chi chiede", query: "{ actor }" },
  { title: "Contare", query: "subscription { counted(until: 3) { number } }" },
];

describe("the explorer", () => {
  let served: Served;
  let browser: Browser | undefined;
  before(async () => {
    served = await serve({ exampleQueries: EXAMPLES });
    browser = await openBrowser();
    if (browser === undefined) sayNoBrowser("the explorer");
  });
  after(async () => {
    await browser?.close();
    await served.end();
  });

  it("is served from the package, with a policy that lets it talk to this server only", async () => {
    const page = await ask(served, { path: "/explorer/" });
    expect(page.status).to.equal(200);
    expect(page.headers["content-security-policy"]).to.contain("connect-src 'self'").and.contain("script-src 'self'").and.not.contain("unsafe-eval").and.not.contain("https:");
    const links = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = ""]) => link).filter((link) => link !== "./");
    expect(links).to.include.members(["main.js", "styles.css", "initial_options.js"]);
    for (const link of links) expect((await ask(served, { path: `/explorer/${link}` })).status, link).to.equal(200);
    expect(page.text).not.to.match(/(?:href|src)="(?:https?:)?\/\//);
  });

  it("is found without the slash at its end, too", async () => {
    const { status, headers } = await ask(served, { path: "/explorer" });
    expect([status, headers.location]).to.deep.equal([301, "/explorer/"]);
  });

  it("speaks to the server by the name by which it was opened", async () => {
    const { text } = await ask(served, { path: "/explorer/initial_options.js", headers: { host: `localhost:${served.port}` } });
    expect(text).to.contain(`http://localhost:${served.port}/graphql`).and.contain(`ws://localhost:${served.port}/graphql`);
  });

  it("answers a query and a subscription in a browser, without a request to anywhere else", async function () {
    if (browser === undefined) return;
    this.timeout(60_000);
    const { page, told } = await watched(browser);
    await page.goto(`${served.url}/explorer/`);
    await send(page);
    await page.locator("app-query-result").getByText("anonymous").first().waitFor();
    await page.getByText("Contare").first().click();
    await send(page);
    await page.getByText(/"number": 3/).first().waitFor();
    expect(told.requests.filter((url) => !url.startsWith(served.url) && !url.startsWith("data:") && !url.startsWith(`blob:${served.url}`))).to.deep.equal([]);
    expect(told.requests.some((url) => url === `${served.url}/graphql`)).to.equal(true);
    expect(told.problems).to.deep.equal([]);
  });

  it("is linked from the page that greets", async function () {
    if (browser === undefined) return;
    this.timeout(60_000);
    const { page, told } = await watched(browser);
    await page.goto(served.url);
    expect(await page.title()).to.equal("incident-ledger: lecco");
    await page.getByRole("link", { name: "Explorer", exact: true }).click();
    await page.getByText("Send Request").first().waitFor();
    expect(told.problems).to.deep.equal([]);
  });

  /** A page with all that it asks for, and all that goes wrong in it. */
  async function watched(opened: Browser): Promise<{ readonly page: Page; readonly told: { readonly requests: string[]; readonly problems: string[] } }> {
    const context = await opened.newContext({ viewport: { width: 1300, height: 800 } });
    const told: { requests: string[]; problems: string[] } = { requests: [], problems: [] };
    context.on("request", (request) => void told.requests.push(request.url()));
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "failed";
      // What the page itself breaks off, asking for the schema once more where it is slow, is none.
      if (why !== "net::ERR_ABORTED") told.problems.push(`${request.url()}: ${why}`);
    });
    context.on("weberror", (error) => void told.problems.push(error.error().message));
    context.on("console", (message) => {
      if (message.type() === "error") told.problems.push(message.text());
    });
    return { page: await context.newPage(), told };
  }

  async function send(page: Page): Promise<void> {
    await page.getByText("Send Request").first().click();
  }
});
