import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from "graphql";

/** How large an operation is by its text alone, with every fragment written out where it is spread. */
export interface QueryShape {
  /** Fields one within another. */
  readonly depth: number;
  /** Fields that are given another name. */
  readonly aliases: number;
  /** Fields and fragments, all together. */
  readonly selections: number;
}

const EMPTY: QueryShape = { depth: 0, aliases: 0, selections: 0 };

/**
 * Measures an operation in time proportional to its text, however often its fragments spread one another: each is measured once. A fragment
 * that leads back to itself counts as empty there (validation refuses it anyway).
 */
export function shapeOf(document: DocumentNode, operation: OperationDefinitionNode): QueryShape {
  return ofSelections(operation.selectionSet, fragmentsOf(document));
}

interface Fragment {
  readonly node: FragmentDefinitionNode;
  /** Its shape, from the moment its measuring begins. */
  shape: QueryShape | undefined;
}
type Fragments = ReadonlyMap<string, Fragment>;

function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = new Map<string, Fragment>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, { node, shape: undefined });
  }
  return fragments;
}

function ofSelections(set: SelectionSetNode | undefined, fragments: Fragments): QueryShape {
  let { depth, aliases, selections } = EMPTY;
  for (const selection of set?.selections ?? []) {
    const shape = ofSelection(selection, fragments);
    depth = Math.max(depth, shape.depth);
    aliases += shape.aliases;
    selections += shape.selections;
  }
  return { depth, aliases, selections };
}

function ofSelection(node: SelectionNode, fragments: Fragments): QueryShape {
  switch (node.kind) {
    case Kind.FIELD: {
      const { depth, aliases, selections } = ofSelections(node.selectionSet, fragments);
      return { depth: depth + 1, aliases: aliases + (node.alias === undefined ? 0 : 1), selections: selections + 1 };
    }
    case Kind.INLINE_FRAGMENT: {
      const shape = ofSelections(node.selectionSet, fragments);
      return { ...shape, selections: shape.selections + 1 };
    }
    case Kind.FRAGMENT_SPREAD: {
      const shape = ofFragment(fragments.get(node.name.value), fragments);
      return { ...shape, selections: shape.selections + 1 };
    }
  }
}

function ofFragment(fragment: Fragment | undefined, fragments: Fragments): QueryShape {
  if (fragment === undefined) return EMPTY;
  if (fragment.shape === undefined) {
    fragment.shape = EMPTY;
    fragment.shape = ofSelections(fragment.node.selectionSet, fragments);
  }
  return fragment.shape;
}
