import type { Candidate } from '#contract/card.ts';
import { nameWords } from '../identity/similar-name.ts';
import { toCandidate } from '../replica/candidate.ts';
import type { Reading } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import { mayRead } from './connection.ts';
import type { Ground } from './ground.ts';
import { noteBroken } from './note-broken.ts';

const mostFound = 20;

/**
 * People and accounts whose names these words begin, at most 20: people named by them first, then accounts. Empty when nothing may be read.
 * A word may name the account and another the person.
 */
export async function searchReplica(
  ground: Ground,
  reading: Reading | null,
  words: string,
  onBroken: () => void = () => undefined,
): Promise<Candidate[]> {
  const connection = await readLocal(ground.local, 'connection');
  if (reading === null || !mayRead(connection, ground.now())) return [];
  const asked = nameWords(words);
  const begins = (name: string | null) => {
    const own = nameWords(name);
    return (word: string) => own.some((each) => each.startsWith(word));
  };
  const bundles = await reading.search(words, mostFound).catch(async (error: unknown) => {
    if (!(await noteBroken(ground, error, onBroken))) throw error;
    return [];
  });
  const people = bundles.flatMap((bundle) =>
    bundle.contacts
      .filter((each) => asked.some(begins(each.name)))
      .filter((each) => asked.every((word) => begins(each.name)(word) || begins(bundle.account?.name ?? null)(word)))
      .map((each) => toCandidate(bundle, each)),
  );
  const accounts = bundles
    .filter((bundle) => asked.every(begins(bundle.account?.name ?? null)))
    .map((bundle) => toCandidate(bundle, null));
  return [...people, ...accounts].slice(0, mostFound);
}
