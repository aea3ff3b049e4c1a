import { type AgreementDraft, agreementSchema, type CardBody } from '#contract/agreement.ts';
import type { Exchange, World } from './world.ts';

const agreed = '/v1/agreements/scorecard';

/** The open draft as it is named in requests. */
async function nameDraft(world: World): Promise<{ draftId: string; revision: number; body: CardBody }> {
  const { answer } = await world.call('marketer', 'POST', `${agreed}/draft`, {});
  const { id: draftId, revision, body } = agreementSchema.parse(answer).draft as AgreementDraft;
  return { draftId, revision, body };
}

/** A state of the draft that nobody has signed, in which the first criterion has these points. */
async function editDraft(world: World, points: number): Promise<Exchange> {
  const { body, ...named } = await nameDraft(world);
  const criteria = body.criteria.map((each, at) => (at === 0 ? { ...each, points } : each));
  return world.call('marketer', 'PUT', `${agreed}/draft`, { ...named, body: { ...body, criteria } });
}

async function signDraft(world: World, who: 'marketer' | 'rep'): Promise<Exchange> {
  const { draftId, revision } = await nameDraft(world);
  const side = who === 'rep' ? 'sales' : 'marketing';
  return world.call(who, 'POST', `${agreed}/draft/sign`, { draftId, revision, side });
}

async function publishDraft(world: World): Promise<Exchange> {
  await signDraft(world, 'marketer');
  await signDraft(world, 'rep');
  const { draftId, revision } = await nameDraft(world);
  return world.call('marketer', 'POST', `${agreed}/draft/publish`, { draftId, revision, reason: 'Agreed.' });
}

async function answerProposal(world: World): Promise<Exchange> {
  const proposal = { kind: 'proposal', text: 'Openers never buy.', about: 'opened', change: null };
  const { answer } = await world.call('rep', 'POST', `${agreed}/notes`, proposal);
  const open = agreementSchema.parse(answer).notes.find((each) => each.state === 'open' && each.kind === 'proposal');
  return world.call('marketer', 'POST', `${agreed}/notes/${open?.id}/answer`, {
    state: 'declined',
    answer: 'Some do.',
  });
}

/** What is asked of what sales and marketing agree on. */
export const walkAgreements: Record<string, (world: World) => Promise<Exchange>> = {
  listWaitingAgreements: (world) => world.call('marketer', 'GET', '/v1/agreements'),
  readAgreement: (world) => world.call('rep', 'GET', agreed),
  readHindsight: (world) => world.call('marketer', 'GET', `${agreed}/hindsight`),
  nameSigners: (world) =>
    world.call('admin', 'PUT', `${agreed}/signers`, { sales: [world.rep.caller.memberId], arbiter: null }),
  openDraft: (world) => world.call('marketer', 'POST', `${agreed}/draft`, {}),
  saveDraft: (world) => editDraft(world, 7),
  previewCard: async (world) => {
    const { body } = await nameDraft(world);
    return world.call('marketer', 'POST', `${agreed}/preview`, { body });
  },
  previewReceipts: (world) => world.call('marketer', 'GET', `${agreed}/receipts`),
  addAgreementNote: (world) => world.call('rep', 'POST', `${agreed}/notes`, { kind: 'comment', text: 'At last.' }),
  answerProposal,
  signDraft: (world) => signDraft(world, 'rep'),
  unsignDraft: async (world) => {
    const { draftId, revision } = await nameDraft(world);
    return world.call('rep', 'POST', `${agreed}/draft/unsign`, { draftId, revision, side: 'sales' });
  },
  markDraftSeen: async (world) => {
    const { draftId, revision } = await nameDraft(world);
    return world.call('rep', 'POST', `${agreed}/draft/seen`, { draftId, revision });
  },
  publishDraft,
  withdrawDraft: async (world) => {
    const { draftId } = await nameDraft(world);
    return world.call('marketer', 'POST', `${agreed}/draft/withdraw`, { draftId });
  },
  revertAgreement: (world) =>
    world.call('marketer', 'POST', `${agreed}/revert`, { version: 2, reason: 'It was worse.' }),
};
