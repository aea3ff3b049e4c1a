import type { OwnPart } from '#contract/packed.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { listOwnReceipts } from '../store/agreement/receipt.ts';
import { listOwnAsks } from '../store/ask.ts';
import { listOwnHandOvers } from '../store/hand-over/own.ts';
import { readDeviceProgress } from '../store/mutation.ts';
import { listErased } from '../store/person.ts';
import { readOwnOutcomes } from '../store/talking-point.ts';
import { listOwnVerdicts } from '../store/verdict.ts';

/** This member's own part of a snapshot, and what the store knows of this device. */
export async function readOwnPart(scope: Scope, caller: Caller, now: Date): Promise<OwnPart> {
  const { workspaceId, memberId } = caller;
  const [verdicts, outcomes, erasedContacts, receipts, asks, handOvers, device] = await Promise.all([
    listOwnVerdicts(scope, workspaceId, memberId),
    readOwnOutcomes(scope, workspaceId, memberId, null),
    listErased(scope, workspaceId),
    listOwnReceipts(scope, caller),
    listOwnAsks(scope, caller, now),
    listOwnHandOvers(scope, caller, now),
    readDeviceProgress(scope, caller, now),
  ]);
  return { verdicts, outcomes, erasedContacts, receipts, asks, handOvers, device };
}
