import type { z } from 'zod';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** A question whose answer takes seconds to count in a large workspace, so that it is made beforehand there. It names nobody. */
export interface Question<A extends (string | number)[], T> {
  name: string;
  /** What is asked in the Desk's own choices: made beforehand. */
  usual: readonly A[];
  /** An answer that an earlier release has kept may be of another form: it is not given. */
  schema: z.ZodType<T>;
  read(scope: Scope, workspaceId: WorkspaceId, asked: A, now: Date): Promise<T>;
}

/** What a question with what is asked is kept under. */
export function nameOf(name: string, asked: readonly (string | number)[]): string {
  return [name, ...asked].join(' ');
}
