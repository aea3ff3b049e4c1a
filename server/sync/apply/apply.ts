import type { Change } from '#contract/feed.ts';
import {
  discardedBodySchema,
  erasedBodySchema,
  type Mutation,
  mutationKindSchema,
  mutationSchema,
  type PushedMutation,
} from '#contract/mutation.ts';
import type { RecordedMutation } from '../../store/mutation.ts';
import { type Applier, type ApplyInput, RejectedMutation } from './applier.ts';
import { appliers } from './registry.ts';

/** A mutation put into effect, or refused. `changes` null: no device needs to hear of it. */
export interface Applied {
  record: RecordedMutation;
  changes: Change[] | null;
}

/** Puts one pushed mutation into effect. The rules' refusal is an answer, not an error; whatever else is thrown is the database's. */
export async function applyMutation(input: Omit<ApplyInput, 'claimedAt'>, pushed: PushedMutation): Promise<Applied> {
  const { sequence, kind, at: claimedAt } = pushed;
  const record = (rejection: RecordedMutation['rejection']): RecordedMutation => ({
    sequence,
    kind,
    claimedAt,
    rejection,
  });
  try {
    const mutation = check(pushed);
    const apply = appliers[mutation.kind] as Applier<typeof mutation.kind>;
    return { record: record(null), changes: await apply({ ...input, claimedAt }, mutation.body as never) };
  } catch (error) {
    if (!(error instanceof RejectedMutation)) throw error;
    return { record: record({ code: error.code, message: error.message.slice(0, 500) }), changes: null };
  }
}

function check(pushed: PushedMutation): Mutation {
  if (!mutationKindSchema.safeParse(pushed.kind).success) {
    throw new RejectedMutation(
      'unknown',
      `This store does not know "${pushed.kind}" yet: it may be older than the extension.`,
    );
  }
  if (erasedBodySchema.safeParse(pushed.body).success) {
    throw new RejectedMutation(
      'erased',
      'This person was erased for good. What you had noted about them went with them.',
    );
  }
  if (discardedBodySchema.safeParse(pushed.body).success) {
    throw new RejectedMutation('discarded', 'This was discarded before it was sent.');
  }
  const parsed = mutationSchema.safeParse({ kind: pushed.kind, body: pushed.body });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RejectedMutation('invalid', `This could not be read (${issue?.path.join('.')}: ${issue?.message}).`);
}
