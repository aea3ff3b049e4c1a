import type { Outcome } from '#contract/message.ts';
import { type InvitePreview, inviteAcceptAnswerSchema, invitePreviewSchema, type Session } from '#contract/session.ts';
import { countWaiting } from '../outbox/read.ts';
import { emptyOutbox, rebaseWaiting } from '../outbox/rebase.ts';
import { word } from '../platform/words.ts';
import { emptyReplica } from '../replica/database.ts';
import { type InviteLink, readInviteLink } from '../settings/invite-link.ts';
import { type Connection, emptyLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import { call, type Line, type Reply, reach } from './call.ts';
import { leaseLength, readLine } from './connection.ts';
import type { Ground } from './ground.ts';

type Taken = Extract<InviteLink, { ok: true }>;

function lineTo(ground: Ground, link: Taken): Line {
  return { storeUrl: link.storeUrl, token: null, fetch: ground.fetch };
}

function tell(reply: Exclude<Reply<never>, { kind: 'ok' }>, storeUrl: string): { ok: false; message: string } {
  if (reply.problem === undefined) return { ok: false, message: word('connect_unreachable', new URL(storeUrl).host) };
  return { ok: false, message: reply.problem.detail ?? reply.problem.title };
}

/** Who invites to what, before the invite is taken. Nothing changes here or at the store. */
export async function previewInvite(ground: Ground, pasted: string): Promise<Outcome<InvitePreview>> {
  const link = readInviteLink(pasted);
  if (!link.ok) return link;
  const line = lineTo(ground, link);
  const reply = await call(line, 'POST', '/v1/invites/preview', invitePreviewSchema, { secret: link.secret });
  return reply.kind === 'ok' ? { ok: true, value: reply.value } : tell(reply, link.storeUrl);
}

/** Things that wait belong to who did them: they may follow only the same member to the same workspace. */
function mayFollow(before: Connection, session: Session): boolean {
  return before.session.workspace.id === session.workspace.id && before.session.member.id === session.member.id;
}

/**
 * Takes the invite: from here on this browser is a device of that member. What an earlier device of the same member left unsent goes out under the new one;
 * what somebody else left unsent is refused to be mixed in, before the invite is taken.
 */
export async function acceptInvite(
  ground: Ground,
  pasted: string,
  name: string,
  device: string,
  whenIdle: () => Promise<void>,
): Promise<Outcome<Session>> {
  const link = readInviteLink(pasted);
  if (!link.ok) return link;
  if (name.trim() === '') return { ok: false, message: word('connect_no_name') };
  const before = await readLocal(ground.local, 'connection');
  const waiting = await countWaiting(ground.outbox);
  const line = lineTo(ground, link);
  if (before !== null && waiting > 0) {
    const preview = await call(line, 'POST', '/v1/invites/preview', invitePreviewSchema, { secret: link.secret });
    if (preview.kind !== 'ok') return tell(preview, link.storeUrl);
    if (preview.value.address.toLowerCase() !== before.session.member.address.toLowerCase())
      return {
        ok: false,
        message: word('connect_unsent_of_other', waiting, before.session.member.name, preview.value.address),
      };
  }
  const body = { secret: link.secret, name: name.trim(), device };
  const reply = await call(line, 'POST', '/v1/invites/accept', inviteAcceptAnswerSchema, body);
  if (reply.kind !== 'ok') return tell(reply, link.storeUrl);
  const { token, session } = reply.value;
  await emptyLocal(ground.local);
  await whenIdle();
  await emptyReplica(ground.replica);
  // Without a connection before it, what waits is from one that was cut short here: signing out empties the outbox first.
  if (before === null || mayFollow(before, session)) await rebaseWaiting(ground.outbox, 0);
  else await emptyOutbox(ground.outbox);
  const now = ground.now();
  const leaseEndsAt = now + leaseLength(session);
  const state = 'connected';
  await writeLocal(ground.local, 'connection', {
    storeUrl: link.storeUrl,
    token,
    session,
    state,
    leaseEndsAt,
    checkedAt: now,
  });
  await writeLocal(ground.local, 'reach', { store: 'reached', since: now, failures: 0, retryAt: 0 });
  ground.changed();
  return { ok: true, value: session };
}

/** Signs this browser out and wipes what it holds. What waits is lost only when `discardUnsent` says so; the caller has tried to send it first. */
export async function signOut(
  ground: Ground,
  discardUnsent: boolean,
  whenIdle: () => Promise<void>,
): Promise<Outcome<null>> {
  const waiting = await countWaiting(ground.outbox);
  if (waiting > 0 && !discardUnsent)
    return { ok: false, message: waiting === 1 ? word('sign_out_unsent_one') : word('sign_out_unsent', waiting) };
  const line = await readLine(ground);
  // The store forgets the device too; when it cannot be reached the token is gone from here all the same, and expires there.
  if (line !== null) await reach(line, 'DELETE', '/v1/session');
  // The outbox before the connection: cut short in between, nothing is left that the next member here would send as theirs.
  await emptyOutbox(ground.outbox);
  // Without the connection a cycle under way ends and none begins; what it still wrote is wiped after it.
  await emptyLocal(ground.local);
  await whenIdle();
  await emptyReplica(ground.replica);
  ground.changed();
  return { ok: true, value: null };
}
