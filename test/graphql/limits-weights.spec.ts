import { expect } from "chai";
import { getOperationAST, isCompositeType, getNamedType, isObjectType, parse } from "graphql";
import { QUERY_LIMITS } from "../../src/graphql/limits.js";
import { QueryCosts } from "../../src/graphql/limits-cost.js";
import { FIELD_WEIGHTS } from "../../src/graphql/limits-weights.js";
import { SCHEMA } from "./api.js";

function costOf(query: string): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new Error("no operation");
  return new QueryCosts(SCHEMA, FIELD_WEIGHTS).costOf(document, operation, {});
}

describe("weights of fields", () => {
  it("are of fields that the schema has, and that answer objects: a weight of anything else counts nothing", () => {
    for (const name of FIELD_WEIGHTS.keys()) {
      const [type = "", field = ""] = name.split(".");
      const owner = SCHEMA.getType(type);
      const found = isObjectType(owner) ? owner.getFields()[field] : undefined;
      expect(found !== undefined && isCompositeType(getNamedType(found.type)), name).to.equal(true);
    }
  });

  it("let no operation assess more contracts than an assessment may be asked for", () => {
    const assessments = QUERY_LIMITS.cost / costOf('{ slaAssessment(contractId: "a", period: "2019") { label } }');
    const most = (field: string): number => QUERY_LIMITS.cost / costOf(field);
    expect(most('{ qualityIndicators(period: { period: "2019" }) { serviceLevelsMet { value { min { exact } } } } }')).to.be.below(assessments);
    expect(most('mutation { computeAssessment(commandId: "a", input: { contractId: "a", period: "2019" }) { revision } }')).to.be.at.most(assessments);
  });
});
