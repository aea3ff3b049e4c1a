import type { Kysely } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { gradeKept } from '../../utils/scoring/kept.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { listEntriesFrom, readFeedHead } from '../store/feed.ts';
import { adoptHandOvers } from '../store/hand-over/adopt.ts';
import { isMuchGoingIn } from '../store/import-run.ts';
import { listDue, writeKept } from '../store/kept-score.ts';
import { readScoreProgress, type ScoreProgress, saveScoreProgress, takeScoreTurn } from '../store/score-progress.ts';
import { readScorecard } from '../store/scorecard.ts';
import { keepSome } from './keep-some.ts';

/** So many people are scored in one transaction: nobody waits long for what it holds, or for the processor. */
const peopleAtOnce = 200;
const bundlesAtOnce = 50;
const entriesAtOnce = 200;
const noContact = '00000000-0000-0000-0000-000000000000';

/** How a step ended. `idle`: there is nothing to do, or it has to wait; `away`: another process is at it; `much`: it is more than was asked for, and not done. */
export type Kept = 'more' | 'idle' | 'away' | 'much';

/** More has changed than is listed: everybody is scored again then. */
const isEverybody = ({ kind, memberId }: Change) => kind === 'refetch' && memberId === null;

/** What the feed tells after that place. Null: it is another history. */
async function readNews(scope: Scope, workspaceId: WorkspaceId, from: ScoreProgress) {
  const entries = await listEntriesFrom(scope, workspaceId, from, entriesAtOnce);
  if (entries === null) return null;
  const changes = entries.flatMap((entry) => entry.changes);
  const bundles = new Set(changes.flatMap(({ kind, id }) => (kind === 'bundle' && id !== null ? [id] : [])));
  return { last: entries.at(-1) ?? null, bundles: [...bundles], isAll: changes.some(isEverybody) };
}

/** Until everybody was scored once, nobody can be told from who was qualified before. */
const isFirstTime = ({ after, byTouches }: ScoreProgress) => after !== null && byTouches;

/** Begins with the first contact, as of where the feed stands: what changes from now on is told by it. What is kept by then may lack touches. */
async function beginAnew(scope: Scope, workspaceId: WorkspaceId): Promise<void> {
  const { version } = await readScorecard(scope, workspaceId);
  const { seq, token } = await readFeedHead(scope, workspaceId);
  await saveScoreProgress(scope, workspaceId, { seq, token, version, after: noContact, scored: 0, byTouches: true });
}

/** Begins with the first contact by another card. What the feed tells goes on from where it is; what was kept by the card before lacks nothing, unless that was still under way. */
async function beginCard(scope: Scope, workspaceId: WorkspaceId, progress: ScoreProgress): Promise<void> {
  const { version } = await readScorecard(scope, workspaceId);
  const byTouches = progress.after !== null && progress.byTouches;
  await saveScoreProgress(scope, workspaceId, { ...progress, version, after: noContact, scored: 0, byTouches });
}

/**
 * Grades those anew whose grade may have changed by time alone, from what is kept of them: no touch is read.
 * Answers how many they were.
 */
export async function regradeDue(scope: Scope, workspaceId: WorkspaceId, now: Date, most: number): Promise<number> {
  const scorecard = await readScorecard(scope, workspaceId);
  const due = await listDue(scope, workspaceId, now, most);
  await writeKept(
    scope,
    workspaceId,
    // One that an earlier card made is on its way to be scored: until then it keeps its grade.
    due.map((row) => ({
      ...row,
      ...(row.version === scorecard.version ? gradeKept(scorecard, row, now) : { until: null }),
    })),
  );
  return due.length;
}

/** Runs a piece of work in a transaction that has the workspace's scores to itself; null: another process is at them. */
function inTurn<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T | null> {
  return inWorkspace(db, workspaceId, async (scope) =>
    (await takeScoreTurn(scope, workspaceId)) ? work(scope) : null,
  );
}

/**
 * Scores whom the feed told of, and only then moves on in it: a process that is killed in between does it again, which changes nothing. So does one that a large
 * file makes wait.
 */
async function keepBundles(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  { bundles, last, mayOffer }: { bundles: readonly string[]; last: { seq: number; token: string }; mayOffer: boolean },
  now: () => Date,
): Promise<Kept> {
  for (let at = 0; at < bundles.length; at += bundlesAtOnce) {
    const some = bundles.slice(at, at + bundlesAtOnce);
    const kept = await inTurn(db, workspaceId, async (scope): Promise<Kept> => {
      if (await isMuchGoingIn(scope, workspaceId)) return 'idle';
      const order = { scored: { bundles: some }, byTouches: true, mayOffer, now: now() };
      const { offered } = await keepSome(scope, workspaceId, order);
      const adopted = await adoptHandOvers(scope, workspaceId, some, order.now);
      if (offered !== null || adopted.length > 0)
        await appendChanges(scope, workspaceId, [...(offered ?? []), ...adopted]);
      return 'more';
    });
    if (kept !== 'more') return kept ?? 'away';
  }
  const moved = await inTurn(db, workspaceId, async (scope) => {
    const progress = await readScoreProgress(scope, workspaceId);
    if (progress && progress.seq < last.seq) await saveScoreProgress(scope, workspaceId, { ...progress, ...last });
    return true;
  });
  return moved ? 'more' : 'away';
}

/** Whom the feed tells of: so a new touch is scored at once, also while everybody is scored by another card; a large file's once it is in. */
async function keepTold(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  now: () => Date,
  mostBundles: number,
): Promise<Kept> {
  const told = await inTurn(db, workspaceId, async (scope) => {
    if (await isMuchGoingIn(scope, workspaceId)) return 'idle';
    const progress = await readScoreProgress(scope, workspaceId);
    if (!progress) return 'idle';
    const news = await readNews(scope, workspaceId, progress);
    if (news === null || news.isAll) {
      await beginAnew(scope, workspaceId);
      return 'more';
    }
    if (news.last === null) return 'idle';
    if (news.bundles.length > mostBundles) return 'much';
    const last = { seq: news.last.seq, token: news.last.token };
    if (news.bundles.length > 0) return { bundles: news.bundles, last, mayOffer: !isFirstTime(progress) };
    await saveScoreProgress(scope, workspaceId, { ...progress, ...last });
    return 'more';
  });
  if (told === null) return 'away';
  return typeof told === 'string' ? told : keepBundles(db, workspaceId, told, now);
}

/** The next people by a card that was published, from where the last step ended; when there are no more, whose grade time has changed. */
async function keepNext(db: Kysely<Schema>, workspaceId: WorkspaceId, now: () => Date): Promise<Kept> {
  const next = await inTurn(db, workspaceId, async (scope): Promise<Kept> => {
    const [scorecard, progress] = await Promise.all([
      readScorecard(scope, workspaceId),
      readScoreProgress(scope, workspaceId),
    ]);
    if (progress?.version !== scorecard.version) {
      await (progress ? beginCard(scope, workspaceId, progress) : beginAnew(scope, workspaceId));
      return 'more';
    }
    if (progress.after === null)
      return (await regradeDue(scope, workspaceId, now(), peopleAtOnce)) > 0 ? 'more' : 'idle';
    const { byTouches } = progress;
    // Whom a large file tells of is scored when it is in.
    if (byTouches && (await isMuchGoingIn(scope, workspaceId))) return 'idle';
    const scored = { after: progress.after, most: peopleAtOnce };
    const order = { scored, byTouches, mayOffer: false, now: now() };
    const { people, last } = await keepSome(scope, workspaceId, order);
    const after = people < peopleAtOnce ? null : last;
    await saveScoreProgress(scope, workspaceId, { ...progress, after, scored: progress.scored + people });
    return 'more';
  });
  return next ?? 'away';
}

/**
 * Keeps scores for a step further, in short transactions that take nothing which a push needs. Scores come of what is stored, so no entry of the feed comes of them but of who is offered to sales;
 * a process that is killed, or another one, goes on where the last transaction ended. `mostBundles`: when the feed tells of more, nothing is done.
 */
export async function keepScores(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  now: () => Date,
  mostBundles: number = Number.POSITIVE_INFINITY,
): Promise<Kept> {
  const told = await keepTold(db, workspaceId, now, mostBundles);
  if (told === 'away' || told === 'much') return told;
  const next = await keepNext(db, workspaceId, now);
  return next === 'idle' ? told : next;
}
