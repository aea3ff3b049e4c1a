/** A new random UUID (version 4), in the branded kind that is asked for: `createId<VerdictId>()`. */
export function createId<Id extends string>(): Id {
  return crypto.randomUUID() as string as Id;
}
