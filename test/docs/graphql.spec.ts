import { expect } from "chai";
import { parse, validate } from "graphql";
import { loadSchema } from "../../src/graphql/schema.js";
import { fenced } from "./snippets.js";

describe("GraphQL in the documentation", () => {
  for (const path of ["README.md", "docs/api.md"]) {
    it(`${path} asks what the schema answers`, () => {
      const queries = fenced(path, "graphql");
      expect(queries).to.have.length.of.at.least(3);
      for (const query of queries) expect(validate(loadSchema(), parse(query)).map(({ message }) => message), query).to.deep.equal([]);
    });
  }
});
