import type { Page } from "../../readmodel/known-ledger.js";
import type { KnowledgeView } from "./knowledge.js";

/** A page as a Relay connection. `after`: whether the page was asked for with a cursor. */
export function connectionView<Row, Node>(page: Page<Row>, nodeOf: (row: Row) => Node, asked: { readonly after: boolean; readonly knowledge?: KnowledgeView }) {
  const edges = page.edges.map(({ row, cursor }) => ({ cursor, node: nodeOf(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: page.hasNextPage, hasPreviousPage: asked.after, startCursor: edges[0]?.cursor, endCursor: page.endCursor },
    knowledge: asked.knowledge,
  };
}
