import type { Cursor, PullAnswer } from '#contract/feed.ts';
import { admitDevice, type Claim } from '../auth/require-token.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { listOwnReceipts } from '../store/agreement/receipt.ts';
import { listOwnAsks } from '../store/ask.ts';
import { readWorkspaceFacts } from '../store/facts.ts';
import { listOwnHandOvers } from '../store/hand-over/own.ts';
import { findKey, noteDeviceKey } from '../store/hash-key.ts';
import { readOwnOutcomes } from '../store/talking-point.ts';
import { readOwnVerdicts } from '../store/verdict.ts';
import { createAskers } from './askers.ts';
import { createCursor } from './cursor.ts';
import { createEmptyPage, idsOf, type Page, type PageRequest, readPage } from './page.ts';

/** Who speaks an older contract holds scores alone, and no card to score by. */
const firstThatScores = 2;

/**
 * Everything that changed after the cursor, as it stands now, a bounded page at a time, for the device that the claim's token names. What is the same for its
 * colleagues is read once for those who ask at about the same time; what is its own it reads itself. `keyId`: under which key the device holds its copy; null: it
 * does not say. `contract`: the version that it speaks. Throws a `ProblemError` 401 when the claim does not hold.
 */
export async function pull(
  deps: Deps,
  claim: Claim,
  { after, keyId = null, contract }: { after: Cursor; keyId?: string | null; contract: number },
): Promise<PullAnswer> {
  const { workspaceId } = claim;
  const now = deps.now();
  const askers = deps.pulls?.askers ?? createAskers(deps.db);
  const { device, head, keys, rejected } = await askers.find(claim, now);
  const caller = await admitDevice(deps, deps.db, workspaceId, device);
  const { lastSequence = 0, territories = [] } = device ?? {};
  // One that does not say holds its copy under the key that it was last given: it looks people up by that one alone.
  const held = keyId ?? device?.keyId ?? keys.current.keyId;
  if (held !== device?.keyId)
    await inWorkspace(deps.db, workspaceId, (scope) => noteDeviceKey(scope, workspaceId, caller.deviceId, held));
  // A copy under a key that is no longer in use cannot go on: no row of it may be under one key and another under the next.
  const key = findKey(keys, held);
  const scoresItself = contract >= firstThatScores;
  const request = key && { workspaceId, after, key, territories, scoresItself, now };
  const page = request && (await findPage(deps, request, createCursor(head)));
  const own = page?.personal.filter((change) => change.memberId === caller.memberId) ?? [];
  const told = { device: { lastSequence, rejected }, storeTime: now.toISOString() };
  const answer: PullAnswer =
    !page || own.some((change) => change.kind === 'refetch')
      ? { status: 'refetch', ...told }
      : {
          status: 'changes',
          from: after,
          ...page.common,
          ...(await readOwn(deps, caller, own, now)),
          ...told,
          keyId: keys.current.keyId,
        };
  deps.metrics?.notePull(answer.status);
  return answer;
}

/** The page for everybody who asks the same. Null: everything is to be fetched again. */
async function findPage(deps: Deps, request: PageRequest, head: Cursor): Promise<Page | null> {
  if (request.after === head) return createEmptyPage(head);
  const read = () => inWorkspace(deps.db, request.workspaceId, (scope) => readPage(scope, request));
  return deps.pulls ? deps.pulls.pages.share(request, head, read) : read();
}

/** What changed of this member's own. Read after the page: whatever an entry of it speaks of is there. */
async function readOwn(deps: Deps, caller: Caller, changes: Page['personal'], now: Date) {
  const { workspaceId, memberId } = caller;
  if (changes.length === 0) return { verdicts: [], outcomes: [] };
  const hasFacts = changes.some((change) => change.kind === 'workspace');
  const hasHandOvers = changes.some((change) => change.kind === 'handOver');
  const hasReceipts = changes.some((change) => change.kind === 'receipt');
  const hasAsks = changes.some((change) => change.kind === 'ask');
  return inWorkspace(deps.db, workspaceId, async (scope) => {
    const [verdicts, outcomes, workspace, receipts, asks, handOvers] = await Promise.all([
      readOwnVerdicts(scope, workspaceId, memberId, idsOf(changes, 'verdict')),
      readOwnOutcomes(scope, workspaceId, memberId, idsOf(changes, 'outcome')),
      hasFacts ? readWorkspaceFacts(scope, workspaceId) : null,
      hasReceipts ? listOwnReceipts(scope, caller) : null,
      hasAsks ? listOwnAsks(scope, caller, now) : null,
      hasHandOvers ? listOwnHandOvers(scope, caller, now) : null,
    ]);
    return {
      verdicts,
      outcomes,
      ...(workspace && { workspace }),
      ...(receipts && { receipts }),
      ...(asks && { asks }),
      ...(handOvers && { handOvers }),
    };
  });
}
