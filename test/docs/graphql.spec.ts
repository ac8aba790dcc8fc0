import { expect } from "chai";
import { graphql, parse, validate } from "graphql";
import { demoQueries } from "../../src/cli/demo/queries.js";
import { createContext } from "../../src/graphql/context.js";
import { loadSchema } from "../../src/graphql/schema.js";
import { LEAD_BODY } from "../support/given.js";
import { demoLedger, type DemoLedger } from "./demo-ledger.js";
import { fenced } from "./snippets.js";

const SCHEMA = loadSchema();

describe("GraphQL in the documentation", () => {
  let demo: DemoLedger;
  before(async () => {
    demo = await demoLedger();
  });
  after(() => demo.close());

  for (const [path, least] of [["README.md", 3], ["docs/api.md", 3], ["docs/indicators.md", 1], ["docs/service-levels.md", 7], ["docs/regimes.md", 1]] as const) {
    it(`${path} asks what the demo answers`, async () => {
      const documents = fenced(path, "graphql");
      expect(documents).to.have.length.of.at.least(least);
      for (const source of documents) {
        expect(validate(SCHEMA, parse(source)).map(({ message }) => message), source).to.deep.equal([]);
        const { data, errors } = await graphql({ schema: SCHEMA, source, contextValue: createContext(demo.ledger, { actor: LEAD_BODY }) });
        expect(errors ?? [], source).to.deep.equal([]);
        expect(Object.values(data ?? {}), source).not.to.include(null);
      }
    });
  }

  it("the demo opens with the README's three questions", async () => {
    expect((await demoQueries()).map(({ query }) => query)).to.deep.equal(fenced("README.md", "graphql"));
  });
});
