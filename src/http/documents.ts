import type { DocumentNode } from "graphql";

/** Documents kept; each with what was compiled of it and worked out about it. */
const KEPT = 500;
/** Longer ones come from generators and seldom come twice. */
const MAX_TEXT_LENGTH = 32_768;

/** The valid documents of the last requests, by their text's digest: Apollo neither parses nor validates them again. The one used longest ago goes first. */
export class RecentDocuments {
  readonly #documents = new Map<string, DocumentNode>();

  get(key: string): Promise<DocumentNode | undefined> {
    const document = this.#documents.get(key);
    if (document !== undefined) {
      this.#documents.delete(key);
      this.#documents.set(key, document);
    }
    return Promise.resolve(document);
  }

  set(key: string, document: DocumentNode): Promise<void> {
    if ((document.loc?.end ?? 0) > MAX_TEXT_LENGTH) return Promise.resolve();
    this.#documents.set(key, document);
    const oldest = this.#documents.keys().next();
    if (this.#documents.size > KEPT && oldest.done !== true) this.#documents.delete(oldest.value);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#documents.delete(key));
  }
}
