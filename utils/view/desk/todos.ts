import type { AgreementKind } from '#contract/agreement.ts';
import type { AskRow } from '#contract/ask.ts';
import type { LeadQuality, TalkingPointResult } from '#contract/desk.ts';
import type { HandOverFigures } from '#contract/desk-hand-over.ts';
import type { ImportStatus } from '#contract/import.ts';
import type { KeptDigestHead } from '#contract/kept-digest.ts';
import type { SigningStep } from './agreement-todos.ts';
import { putOffId } from './asks.ts';
import { findStale } from './point-state.ts';
import { type RatedRow, rateRows } from './quality.ts';
import { findQuietSources, type QuietSource } from './quiet-sources.ts';
import { rowParam } from './rated.ts';

const dayMs = 86_400_000;
const soonDays = 7;

/** A line that asks for something, most urgent first. `hash` leads to where it is done; `isOwn`: the reader answers for it. */
export type Todo = { id: string; hash: string; isOwn: boolean } & (
  | { kind: 'expires'; point: TalkingPointResult; days: number }
  | { kind: 'flat'; point: TalkingPointResult; told: number }
  | { kind: 'unused'; point: TalkingPointResult }
  | { kind: 'weak'; row: RatedRow }
  | { kind: 'failed'; status: ImportStatus }
  | { kind: 'quiet'; source: QuietSource }
  | { kind: 'overdue'; count: number; hours: number }
  | { kind: 'nobody'; count: number }
  | { kind: 'returned'; count: number; of: number; main: HandOverFigures['reasons'][number] | null }
  | { kind: 'digest'; kept: KeptDigestHead }
  | { kind: 'ask'; ask: AskRow }
  | { kind: 'signing'; agreement: AgreementKind; step: SigningStep; by: string; at: string }
  | { kind: 'proposals'; agreement: AgreementKind; count: number; since: string | null }
);

/** What stale talking points ask for, in this order. */
const staleOrder = ['expires', 'flat', 'unused'] as const;

/**
 * What marketing should look at: asks that wait, the longest first, imports that failed lately, tables that do not come any more, talking points that end soon, fall flat or are not used, the reader's own first, and campaigns whose leads are
 * weaker than all.
 */
export function findTodos(
  points: readonly TalkingPointResult[],
  quality: LeadQuality | null,
  imports: readonly ImportStatus[],
  reader: string | null,
  now: number,
  asks: readonly AskRow[] = [],
): Todo[] {
  const waiting = asks
    .filter((ask) => ask.for === 'marketing' && ask.state === 'open')
    .map((ask): Todo => ({ id: putOffId(ask), kind: 'ask', ask, hash: `#/asks?ask=${ask.id}`, isOwn: false }));
  const failed = imports
    .filter((each) => each.state === 'failed' && !each.dryRun && now - Date.parse(each.startedAt) < soonDays * dayMs)
    .filter((each) => !imports.some((other) => isLaterSuccess(other, each)))
    .map(
      (status): Todo => ({
        id: `failed-${status.id}`,
        kind: 'failed',
        status,
        hash: `#/sources?import=${status.id}`,
        isOwn: false,
      }),
    );
  const stale = points
    .flatMap((point) => toStaleTodo(point, reader, now) ?? [])
    .sort(
      (a, b) =>
        Number(b.isOwn) - Number(a.isOwn) ||
        staleOrder.indexOf(a.kind as 'flat') - staleOrder.indexOf(b.kind as 'flat') ||
        daysOf(a) - daysOf(b),
    );
  const weak = (quality ? rateRows(quality) : [])
    .filter((row) => row.standing === 'above')
    .map((row): Todo => {
      const key = rowParam(row.key);
      return { id: `weak-${key}`, kind: 'weak', row, hash: `#/lead-quality?row=${key}`, isOwn: false };
    });
  const quiet = findQuietSources(imports, now).map((source): Todo => {
    const id = `quiet-${source.mapping ?? source.format}-${source.lastAt}`;
    return { id, kind: 'quiet', source, hash: '#/sources', isOwn: false };
  });
  return [...waiting, ...failed, ...quiet, ...stale, ...weak];
}

function toStaleTodo(point: TalkingPointResult, reader: string | null, now: number): Todo | null {
  const kind = findStale(point, now);
  if (!kind) return null;
  const isOwn = reader !== null && point.ownerId === reader;
  const line = { id: `${kind}-${point.id}`, hash: `#/talking-points?point=${point.id}`, isOwn, point };
  if (kind === 'flat') return { ...line, kind, told: point.landed + point.fellFlat };
  if (kind === 'unused') return { ...line, kind };
  return { ...line, kind, days: Math.max(0, Math.ceil((Date.parse(point.expiresOn ?? '') - now) / dayMs)) };
}

const daysOf = (todo: Todo) => (todo.kind === 'expires' ? todo.days : 0);

/** The same file went in later: the failure is made good. */
const isLaterSuccess = (other: ImportStatus, failed: ImportStatus) =>
  other.state === 'done' && !other.dryRun && other.fileName === failed.fileName && other.startedAt > failed.startedAt;
