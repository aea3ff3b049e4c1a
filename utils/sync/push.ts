import { discardedBody, type PushAnswer, pushAnswerSchema } from '#contract/mutation.ts';
import { noteNextTry, takeBatch, withholdRow } from '../outbox/batch.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { isBlank } from '../outbox/discard.ts';
import { settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import { call, type Line, type Reply } from './call.ts';
import type { Ground } from './ground.ts';
import { done, failStep, type Step } from './step.ts';

/** At most so many mutations a request; the contract's limit. */
const batchSize = 200;

/** Answers by which the store says that it will never look at such a request: not of its form, too large, or not to be processed. */
const neverLookedAt: readonly number[] = [400, 413, 422];

function push(line: Line, rows: readonly OutboxRow[]): Promise<Reply<PushAnswer>> {
  const mutations = rows.map(({ sequence, kind, body, savedAt, withheld }) => ({
    ...{ sequence, kind, at: savedAt },
    body: withheld === undefined ? body : discardedBody,
  }));
  return call(line, 'POST', '/v1/push', pushAnswerSchema, { mutations });
}

type Refused = Extract<Reply<never>, { kind: 'refused' }>;

/** A row that makes the store refuse the whole request must not hold up the rest for ever: whether it is withheld from now on. */
async function withhold(ground: Ground, row: OutboxRow, { status, problem }: Refused): Promise<boolean> {
  if (!neverLookedAt.includes(status) || row.withheld !== undefined || isBlank(row)) return false;
  const { title, detail = title, type } = problem;
  await withholdRow(ground.outbox, row.sequence, { code: type.replace('urn:baton:problem:', ''), message: detail });
  return true;
}

/** Whether to go on one by one after a whole request was refused, which of one that was alone in it takes care. A gap is something else. */
async function isOneByOne(ground: Ground, [first, ...more]: readonly OutboxRow[], reply: Refused): Promise<boolean> {
  if (reply.status === 409 || first === undefined) return false;
  return more.length > 0 || withhold(ground, first, reply);
}

/**
 * Sends what waits, oldest first, until nothing does or the next is held for the person to take it back. What the store's rules refuse is settled as refused
 * and holds up nothing. When the store refuses a whole request, its mutations are tried one by one; one that it will not look at even alone counts as refused,
 * and only its number is sent.
 */
export async function pushWaiting(ground: Ground, line: Line): Promise<Step> {
  let limit = batchSize;
  for (;;) {
    const rows = await takeBatch(ground.outbox, limit, ground.now());
    const [first] = rows;
    if (first === undefined) return done;
    ground.sendingUpTo = rows.at(-1)?.sequence ?? 0;
    ground.changed();
    const reply = await push(line, rows).finally(() => {
      ground.sendingUpTo = 0;
    });
    if (reply.kind === 'refused' && (await isOneByOne(ground, rows, reply))) {
      limit = 1;
      continue;
    }
    if (reply.kind === 'refused' && reply.status === 409) return { kind: 'gap' };
    if (reply.kind !== 'ok') return failStep(reply);
    if (reply.value.lastSequence < first.sequence) return { kind: 'gap' };
    if (await settleRows(ground.outbox, reply.value, toInstant(ground.now()))) ground.changed();
  }
}

/** Tells what was tried in vain when its next try is. A disk that is full keeps it from being shown, not from being tried. */
export async function spaceTries(ground: Ground, nextAt: number): Promise<void> {
  await noteNextTry(ground.outbox, nextAt)
    .then(ground.changed)
    .catch((error: unknown) => log.warn('outbox', 'the next try was not noted', { error }));
}
