import { expect } from "chai";
import type { LedgerServices } from "../../src/graphql/context.js";
import { createContext } from "../../src/graphql/context.js";
import { answerError } from "../../src/graphql/errors.js";
import { execute, parse } from "graphql";
import { LEAD_BODY } from "../support/given.js";
import { openApi, SCHEMA, type Api } from "./api.js";

describe("errors that nobody foresaw", () => {
  let api: Api;
  before(async () => (api = await openApi()));
  after(() => api.close());

  it("show an id that is in the log, and nothing of what happened", async () => {
    const secret = "/srv/ledger/secret.sqlite: no such table";
    const services: LedgerServices = { ...api.services, store: { ...api.services.store, lastPosition: () => Promise.reject(new Error(secret)) } };
    const { errors } = await execute({ schema: SCHEMA, document: parse("{ ledger { id store { name } } }"), contextValue: createContext(services, { actor: LEAD_BODY }) });
    const logged: { readonly details: object; readonly message: string }[] = [];
    const unexpected = { logger: { error: (details: object, message: string) => void logged.push({ details, message }) }, newErrorId: () => "e-1" };
    const [shown] = (errors ?? []).map((error) => answerError(error, unexpected));
    expect(shown?.extensions).to.deep.include({ code: "INTERNAL", errorId: "e-1" });
    expect(JSON.stringify(shown)).not.to.include("secret");
    expect(logged).to.have.length(1);
    expect(JSON.stringify(logged[0]?.details)).to.include("e-1");
    expect(logged[0]?.details).to.have.property("err").that.has.property("message", secret);
  });
});
