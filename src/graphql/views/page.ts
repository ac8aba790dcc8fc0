import { LedgerError } from "../../kernel/errors.js";
import type { Page } from "../../readmodel/known-ledger.js";
import { pageOf, type PageArgs } from "../input/page.js";
import type { KnowledgeView } from "./knowledge.js";

/** A page as a Relay connection. `after`: whether the page was asked for with a cursor. */
export function connectionView<Row, Node>(page: Page<Row>, nodeOf: (row: Row) => Node, asked: { readonly after: boolean; readonly knowledge?: KnowledgeView }) {
  const nodes = page.edges.map(({ row }) => nodeOf(row));
  return {
    nodes,
    // Cursors cost more to write than rows to read: only what is asked for is written.
    get edges() {
      return page.edges.map((edge, index) => ({ cursor: edge.cursor, node: nodes[index] }));
    },
    get pageInfo() {
      return { hasNextPage: page.hasNextPage, hasPreviousPage: asked.after, startCursor: page.edges[0]?.cursor, endCursor: page.endCursor };
    },
    knowledge: asked.knowledge,
  };
}

/** A page of a list that lies in memory, with how many there are; `nameOf` tells a row from all others. Throws LedgerError INVALID_INPUT for a cursor that is not of the list. */
export function countedPage<Row, Node>(rows: readonly Row[], { args, nameOf, nodeOf }: { readonly args: PageArgs; readonly nameOf: (row: Row) => string; readonly nodeOf: (row: Row) => Node }) {
  const { first, after } = pageOf(args);
  const cursorOf = (row: Row): string => Buffer.from(nameOf(row)).toString("base64url");
  const from = after === undefined ? 0 : rows.findIndex((row) => cursorOf(row) === after) + 1;
  if (after !== undefined && from === 0) throw new LedgerError({ code: "INVALID_INPUT", field: "after", params: { after }, message: `${JSON.stringify(after)} is no cursor of this list; give the endCursor of the page before, or leave it out for the first page` });
  const edges = rows.slice(from, from + first).map((row) => ({ row, cursor: cursorOf(row) }));
  const page = { edges, hasNextPage: from + first < rows.length, endCursor: edges.at(-1)?.cursor };
  // Spreading would call the getters: the total is added to the object.
  return Object.assign(connectionView(page, nodeOf, { after: after !== undefined }), { totalCount: rows.length });
}
