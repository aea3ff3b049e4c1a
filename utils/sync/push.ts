import { type PushAnswer, pushAnswerSchema } from '#contract/mutation.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { readWaiting } from '../outbox/read.ts';
import { settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { call, type Line, type Reply } from './call.ts';
import type { Ground } from './ground.ts';
import { done, failStep, type Step } from './step.ts';

/** At most so many mutations a request; the contract's limit. */
const batchSize = 200;

function push(line: Line, rows: readonly OutboxRow[]): Promise<Reply<PushAnswer>> {
  const mutations = rows.map(({ sequence, kind, body, savedAt }) => ({ sequence, kind, body, at: savedAt }));
  return call(line, 'POST', '/v1/push', pushAnswerSchema, { mutations });
}

/**
 * Sends what waits, oldest first, until nothing does. What the store's rules refuse is settled as refused and holds up nothing.
 * When the store refuses a whole request, its mutations are tried one by one, so that one too large for it does not hold up those before it.
 */
export async function pushWaiting(ground: Ground, line: Line): Promise<Step> {
  let limit = batchSize;
  for (;;) {
    const rows = await readWaiting(ground.outbox, limit);
    const [first] = rows;
    if (first === undefined) return done;
    ground.sendingUpTo = rows.at(-1)?.sequence ?? 0;
    ground.changed();
    const reply = await push(line, rows).finally(() => {
      ground.sendingUpTo = 0;
    });
    if (reply.kind === 'refused' && reply.status === 409) return { kind: 'gap' };
    if (reply.kind === 'refused' && rows.length > 1) {
      limit = 1;
      continue;
    }
    if (reply.kind !== 'ok') return failStep(reply);
    if (reply.value.lastSequence < first.sequence) return { kind: 'gap' };
    if (await settleRows(ground.outbox, reply.value, toInstant(ground.now()))) ground.changed();
  }
}
