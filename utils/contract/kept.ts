import { z } from 'zod';

/**
 * An object that a device keeps or passes on: what a newer store adds to it stays in it, unread. Typed as what this build knows of it,
 * so that nobody reads by mistake what nobody knows.
 */
export function kept<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  return z.looseObject(shape) as unknown as z.ZodObject<S>;
}

/**
 * A word of a list that may grow: any other short text is kept as it is. Typed as the words this build knows;
 * what it draws by them must have something to say for one it does not.
 */
export function growing<S extends z.ZodEnum>(known: S): S {
  return z.union([known, z.string().max(60)]) as unknown as S;
}
