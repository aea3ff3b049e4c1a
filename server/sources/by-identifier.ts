import type { IdentifierKind } from './resolve-known.ts';

/** Values by identifier: by its kind, then by its value. So no text is made of the two for a look, of which a batch of people takes some hundred thousand. */
export class ByIdentifier<T> {
  readonly #kinds = new Map<IdentifierKind, Map<string, T>>();

  get size(): number {
    let size = 0;
    for (const values of this.#kinds.values()) size += values.size;
    return size;
  }

  get(kind: IdentifierKind, value: string): T | undefined {
    return this.#kinds.get(kind)?.get(value);
  }

  has(kind: IdentifierKind, value: string): boolean {
    return this.#kinds.get(kind)?.has(value) ?? false;
  }

  set(kind: IdentifierKind, value: string, to: T): void {
    const values = this.#kinds.get(kind);
    if (values === undefined) this.#kinds.set(kind, new Map([[value, to]]));
    else values.set(value, to);
  }

  /** Adds those of the others that are not there. */
  fill(others: ByIdentifier<T>): void {
    for (const [kind, values] of others.#kinds) {
      const own = this.#kinds.get(kind);
      if (own === undefined) this.#kinds.set(kind, new Map(values));
      else for (const [value, to] of values) if (!own.has(value)) own.set(value, to);
    }
  }

  *values(): Generator<T> {
    for (const values of this.#kinds.values()) yield* values.values();
  }
}
