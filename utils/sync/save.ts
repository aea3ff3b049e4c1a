import type { Outcome } from '#contract/message.ts';
import type { Mutation } from '#contract/mutation.ts';
import { isKind } from '../outbox/overlay.ts';
import { readRowsAfter } from '../outbox/read.ts';
import { type RowWords, saveRow } from '../outbox/save.ts';
import { toInstant } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import { word } from '../platform/words.ts';
import type { Reading } from '../replica/reader.ts';
import { isNoRoom } from '../replica/trouble.ts';
import { changeLocal, readLocal } from '../settings/local-state.ts';
import { giveWay } from './give-way.ts';
import type { Ground } from './ground.ts';

export type Saved = Outcome<{ sequence: number; savedAt: string }>;

/** Which contact or account the mutation is about; that of a reason or an undo is found by what it refers to. */
async function aboutWhom(
  ground: Ground,
  mutation: Mutation,
): Promise<{ contactId: string | null; accountId: string | null }> {
  const body = mutation.body as { contactId?: string | null; accountId?: string | null };
  if (body.contactId || body.accountId) return { contactId: body.contactId ?? null, accountId: body.accountId ?? null };
  if (mutation.kind === 'setVerdictReason' || mutation.kind === 'undoVerdict') {
    const { verdictId } = mutation.body;
    const rows = await readRowsAfter(ground.outbox, 0);
    const verdict = rows.find((row) => isKind(row, 'recordVerdict') && row.body.verdictId === verdictId);
    if (verdict && isKind(verdict, 'recordVerdict')) return { contactId: verdict.body.contactId, accountId: null };
  }
  return { contactId: null, accountId: null };
}

function detailOf(mutation: Mutation): string | null {
  if (mutation.kind === 'recordVerdict') return mutation.body.value;
  if (mutation.kind === 'setVerdictReason') return mutation.body.reason;
  if (mutation.kind === 'recordOutcome') return mutation.body.outcome;
  if (mutation.kind === 'answerHandOver') return mutation.body.way ?? mutation.body.answer;
  const written = mutation.kind === 'recordInsight' || mutation.kind === 'recordAsk' || mutation.kind === 'answerAsk';
  return written ? mutation.body.text.slice(0, 120) : null;
}

async function wordsFor(ground: Ground, reading: Reading | null, mutation: Mutation): Promise<RowWords> {
  const detail = detailOf(mutation);
  const { contactId, accountId } = await aboutWhom(ground, mutation);
  if (reading === null) return { label: null, detail };
  const bundle = contactId
    ? await reading.bundleOfContact(contactId as never)
    : await reading.bundleById(accountId ?? '');
  const contact = bundle?.contacts.find((each) => each.id === contactId);
  return { label: contact?.name ?? bundle?.account?.name ?? null, detail };
}

/** Seeing a talking point counts once a device and day, whatever a panel says. */
async function isCounted(ground: Ground, mutation: Mutation): Promise<boolean> {
  if (mutation.kind !== 'countSeen') return false;
  const { talkingPointId, day } = mutation.body;
  if ((await readLocal(ground.local, 'seen'))?.[talkingPointId] === day) return true;
  await changeLocal(ground.local, 'seen', (seen) => ({ ...seen, [talkingPointId]: day }));
  return false;
}

/** Saves one thing the member did. `ok` means that it is on the disk. A full disk or a broken database is told, and nothing is called saved. */
export async function saveMutation(ground: Ground, reading: Reading | null, mutation: Mutation): Promise<Saved> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null)
    return {
      ok: false,
      message: word('save_not_connected'),
    };
  const savedAt = toInstant(ground.now());
  try {
    if (await isCounted(ground, mutation)) return { ok: true, value: { sequence: 0, savedAt } };
    // Words are a comfort: without them the row is saved all the same.
    const words = await wordsFor(ground, reading, mutation).catch(() => ({ label: null, detail: null }));
    const row = await saveRow(ground.outbox, mutation, savedAt, words).catch(async (error: unknown) => {
      if (!isNoRoom(error)) throw error;
      // The copy can be fetched again, this cannot.
      await giveWay(ground);
      return saveRow(ground.outbox, mutation, savedAt, words);
    });
    return { ok: true, value: { sequence: row.sequence, savedAt } };
  } catch (error) {
    log.error('outbox', 'nothing was saved', { error });
    return { ok: false, message: word(isNoRoom(error) ? 'save_disk_full' : 'save_failed') };
  }
}
