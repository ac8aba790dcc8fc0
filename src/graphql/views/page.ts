import type { Page } from "../../readmodel/known-ledger.js";
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
