import type { LeadQuality, TalkingPointResult } from '#contract/desk.ts';
import type { ImportStatus } from '#contract/import.ts';
import { enough } from '../../scoring/wilson.ts';
import { type RatedRow, rateRows } from './quality.ts';

const dayMs = 86_400_000;
const soonDays = 7;

/** A line that asks for something, most urgent first. `hash` leads to where it is done. */
export type Todo =
  | { kind: 'expires'; point: TalkingPointResult; days: number; hash: string }
  | { kind: 'flat'; point: TalkingPointResult; told: number; hash: string }
  | { kind: 'weak'; row: RatedRow; hash: string }
  | { kind: 'failed'; status: ImportStatus; hash: string };

/** What marketing should look at: imports that failed lately, talking points that end soon or fall flat, campaigns whose leads are weaker than all. */
export function findTodos(
  points: readonly TalkingPointResult[],
  quality: LeadQuality | null,
  imports: readonly ImportStatus[],
  now: number,
): Todo[] {
  const live = points.filter((point) => point.state === 'live');
  const failed = imports
    .filter((each) => each.state === 'failed' && !each.dryRun && now - Date.parse(each.startedAt) < soonDays * dayMs)
    .filter((each) => !imports.some((other) => isLaterSuccess(other, each)))
    .map((status): Todo => ({ kind: 'failed', status, hash: '#/sources' }));
  const expiring = live
    .filter((point) => point.expiresOn !== null && Date.parse(point.expiresOn) - now < soonDays * dayMs)
    .map((point): Todo => {
      const days = Math.max(0, Math.ceil((Date.parse(point.expiresOn ?? '') - now) / dayMs));
      return { kind: 'expires', point, days, hash: `#/talking-points?point=${point.id}` };
    });
  const flat = live
    .map((point) => ({ point, told: point.landed + point.fellFlat }))
    .filter(({ point, told }) => told >= enough && point.landed * 2 < told)
    .map(({ point, told }): Todo => ({ kind: 'flat', point, told, hash: `#/talking-points?point=${point.id}` }));
  const weak = (quality ? rateRows(quality) : [])
    .filter((row) => row.standing === 'above')
    .map((row): Todo => ({ kind: 'weak', row, hash: `#/lead-quality?row=${row.key ?? 'none'}` }));
  return [...failed, ...expiring.sort((a, b) => daysOf(a) - daysOf(b)), ...flat, ...weak];
}

const daysOf = (todo: Todo) => (todo.kind === 'expires' ? todo.days : 0);

/** The same file went in later: the failure is made good. */
const isLaterSuccess = (other: ImportStatus, failed: ImportStatus) =>
  other.state === 'done' && !other.dryRun && other.fileName === failed.fileName && other.startedAt > failed.startedAt;
