import { matchesHost } from '../../identity/host-pattern.ts';
import { type RecordMatch, testRule } from '../../sites/rules/find-record.ts';
import { readHost, readLines, type SiteDraft, toWholeRule } from './site-draft.ts';

/**
 * What a pasted address is to a draft. `empty`: nothing was pasted · `noAddress`: no whole https address · `elsewhere`: none of the draft's hosts ·
 * `none`: at the host, but no template fits · `record`: which kind, by which template, with what number.
 */
export type AddressTest =
  | { kind: 'empty' | 'noAddress' | 'none' }
  | { kind: 'elsewhere'; host: string }
  | { kind: 'record'; record: RecordMatch; path: string };

/** What an address leads with, for the person who pastes one: everything behind the host. */
const behindHost = ({ pathname, search, hash }: URL) => `${pathname}${search}${hash}`;

/** Holds a pasted address against the draft as far as it is whole. Pure, and quick enough for each key. */
export function testAddress(draft: SiteDraft, pasted: string): AddressTest {
  const text = pasted.trim();
  if (text === '') return { kind: 'empty' };
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') return { kind: 'noAddress' };
  const url = new URL(text);
  const hosts = readLines(draft, 'hosts').map(readHost);
  if (!hosts.some((host) => matchesHost(url.hostname, host))) return { kind: 'elsewhere', host: url.hostname };
  const rule = toWholeRule(draft);
  const record = rule && testRule(rule, url);
  return record === null ? { kind: 'none' } : { kind: 'record', record, path: behindHost(url) };
}
