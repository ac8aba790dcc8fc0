/** Longest name of an object that every implementation supports, and longest display name that the project's own tools take. */
const MOST_CHARACTERS = 63;
/** Characters that a number takes at most: `-99999`. */
const NUMBER_CHARACTERS = 6;
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** An id as the name of an OpenSLO object, which is a DNS label (RFC 1123): itself if it is one. Two ids may come to the same; see `Names`. */
function labelOf(id: string): string {
  if (LABEL.test(id)) return id;
  const plain = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, MOST_CHARACTERS).replace(/-+$/, "");
  return plain === "" ? "unnamed" : plain;
}

function numbered(label: string, number: number): string {
  return number === 1 ? label : `${label.slice(0, MOST_CHARACTERS - NUMBER_CHARACTERS).replace(/-+$/, "")}-${number}`;
}

/** Whether an object's name is the one of an id, perhaps numbered. */
export function isNameOf(name: string, id: string): boolean {
  const label = labelOf(id);
  const [, number = "1"] = /-(\d{1,5})$/.exec(name) ?? [];
  return name === label || name === numbered(label, Number(number));
}

/** Names that are each given once: what comes to a name that is taken is numbered. */
export class Names {
  readonly #taken = new Set<string>();

  /** The name of an id; `-2`, `-3` and so on where it is taken. */
  give(id: string): string {
    const label = labelOf(id);
    let number = 1;
    while (this.#taken.has(numbered(label, number))) number += 1;
    this.#taken.add(numbered(label, number));
    return numbered(label, number);
  }
}

/** A title as a display name: clipped where it is longer than tools take. */
export function clipped(title: string): string {
  const characters = Array.from(title);
  return characters.length <= MOST_CHARACTERS ? title : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}
