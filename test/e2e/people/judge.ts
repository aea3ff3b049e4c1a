import { randomUUID } from 'node:crypto';
import type { PushedMutation } from '#contract/mutation.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import type { Device } from '../harness/device.ts';

/** What a rep says of some leads on another device of theirs, each with its reason. `from`: that device's next sequence; answers the one after. */
export async function judgeLeads(
  device: Device,
  from: number,
  contactIds: readonly string[],
  value: VerdictValue,
  reason: VerdictReason,
): Promise<number> {
  const at = new Date().toISOString();
  const said = contactIds.flatMap((contactId) => {
    const verdictId = randomUUID();
    return [
      { kind: 'recordVerdict', body: { verdictId, contactId, value, shown: null } },
      { kind: 'setVerdictReason', body: { verdictId, reason } },
    ];
  });
  await device.push(said.map((each, index) => ({ ...each, at, sequence: from + index }) as PushedMutation));
  return from + said.length;
}
