import { type Context, Hono } from 'hono';
import {
  type AgreementKind,
  agreementKindSchema,
  answerNoteSchema,
  nameSignersSchema,
  newNoteSchema,
  publishDraftSchema,
  revertSchema,
  saveDraftSchema,
  scorecardKindSchema,
  seenDraftSchema,
  signDraftSchema,
  withdrawDraftSchema,
} from '#contract/agreement.ts';
import { segmentsSchema } from '#contract/common-language.ts';
import { evidenceBehindQuerySchema, evidenceQuerySchema } from '#contract/evidence.ts';
import { agreementNoteIdSchema, type MemberId } from '#contract/ids.ts';
import { previewRequestSchema } from '#contract/preview.ts';
import { answerKept } from '../answers/answer-kept.ts';
import { evidenceQuestion } from '../answers/evidence.ts';
import { requireRole } from '../auth/require-role.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import type { Authenticated, Caller, Deps } from '../deps.ts';
import { createHindsights } from '../hindsight/hindsights.ts';
import { toHindsightGround } from '../hindsight/work-out-apart.ts';
import { answerOnce } from '../limits/answer-once.ts';
import { assignAccounts } from '../segments/assign-accounts.ts';
import { type Announce, announceDraft, announceScores, announceWords } from '../store/agreement/announce.ts';
import { closeDraft, findDraft, openDraft, requireDraft, saveDraft } from '../store/agreement/draft.ts';
import { readEvidenceBehind } from '../store/agreement/evidence-behind.ts';
import { readHindsightOrder } from '../store/agreement/hindsight-order.ts';
import { lockAgreement } from '../store/agreement/lock.ts';
import { addNote, answerProposal } from '../store/agreement/note.ts';
import { previewCard } from '../store/agreement/preview.ts';
import { publishDraft, revertVersion } from '../store/agreement/publish.ts';
import { readAgreement } from '../store/agreement/read.ts';
import { previewReceipts } from '../store/agreement/receipt.ts';
import { markSeen } from '../store/agreement/seen.ts';
import { signDraft, unsignDraft } from '../store/agreement/signature.ts';
import { nameSigners } from '../store/agreement/signer.ts';
import { listVersions } from '../store/agreement/version.ts';
import { listWaitingAgreements } from '../store/agreement/waiting.ts';
import { previewSegments } from '../store/segment.ts';
import { readBody, readParam, readQuery } from './read-request.ts';

/** One change to an agreement, in a transaction that has the agreement to itself. False: everything is as it was before, and nobody is told. */
type Work = (scope: Scope, caller: Caller, kind: AgreementKind) => Promise<boolean | void>;

/** So long whoever publishes waits for accounts to be assigned. */
const mostAssignMs = 5000;

const cardOf = (context: Context<Authenticated>) => readParam(context, 'kind', scorecardKindSchema);
const kindOf = (context: Context<Authenticated>): AgreementKind => readParam(context, 'kind', agreementKindSchema);

const announceInForce = (kind: AgreementKind): Announce => (kind === 'scorecard' ? announceScores : announceWords);

/** What sales and marketing sign together. Every member reads it and says what they think; marketers edit and publish; who signs for sales is named by an admin. */
export function createAgreementRoutes(deps: Deps): Hono<Authenticated> {
  const { now } = deps;
  const hindsights = createHindsights(toHindsightGround(deps));
  const evidence = answerKept(deps, evidenceQuestion);
  const routes = new Hono<Authenticated>();
  const marketers = requireRole('marketer', 'admin');

  const read = async (context: Context<Authenticated>, { db }: Pick<Deps, 'db'>) => {
    const caller = context.get('caller');
    return context.json(
      await inWorkspace(db, caller.workspaceId, (scope) => readAgreement(scope, caller, kindOf(context))),
    );
  };
  /** Does the work, tells whom it concerns, and answers the agreement as it stands then. */
  const change = async (
    context: Context<Authenticated>,
    within: Deps,
    work: Work,
    announce: (kind: AgreementKind) => Announce = () => announceDraft,
  ) => {
    const caller = context.get('caller');
    const kind = kindOf(context);
    const isChanged = await inWorkspace(within.db, caller.workspaceId, async (scope) => {
      await lockAgreement(scope, caller.workspaceId, kind);
      if ((await work(scope, caller, kind)) === false) return false;
      await announce(kind)(scope, caller.workspaceId);
      return true;
    });
    if (isChanged) within.pokes.poke(caller.workspaceId);
    return read(context, within);
  };

  routes.get('/', marketers, async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(deps.db, workspaceId, (scope) => listWaitingAgreements(scope, workspaceId)));
  });

  routes.get('/:kind', (context) => read(context, deps));
  // For whoever signs or proposes too: counts alone, and nobody's name.
  routes.get('/:kind/evidence', async (context) => {
    cardOf(context);
    const { workspaceId } = context.get('caller');
    const { days } = readQuery(context, evidenceQuerySchema);
    return context.json(await evidence(workspaceId, days));
  });
  routes.get('/:kind/evidence/behind', marketers, async (context) => {
    cardOf(context);
    const { workspaceId } = context.get('caller');
    const wish = readQuery(context, evidenceBehindQuerySchema);
    return context.json(
      await inWorkspace(deps.db, workspaceId, (scope) => readEvidenceBehind(scope, workspaceId, wish, now())),
    );
  });
  routes.get('/:kind/hindsight', marketers, async (context) => {
    const { workspaceId } = context.get('caller');
    const kind = cardOf(context);
    const { order, place } = await inWorkspace(deps.db, workspaceId, (scope) =>
      readHindsightOrder(scope, workspaceId, kind),
    );
    return context.json(await hindsights.read(order, place));
  });

  routes.post('/:kind/draft', marketers, (context) =>
    change(context, deps, async (scope, caller, kind) => (await openDraft(scope, caller, kind, now())).isNew),
  );
  routes.put('/:kind/draft', marketers, async (context) => {
    const saving = await readBody(context, saveDraftSchema);
    return change(context, deps, (scope, caller, kind) => saveDraft(scope, caller, kind, saving, now()));
  });
  routes.post('/:kind/draft/withdraw', marketers, async (context) => {
    const { draftId } = await readBody(context, withdrawDraftSchema);
    return change(context, deps, async (scope, { workspaceId }, kind) => {
      await requireDraft(scope, workspaceId, kind, draftId);
      await closeDraft(scope, workspaceId, draftId, 'withdrawn');
    });
  });
  routes.post('/:kind/draft/sign', async (context) => {
    const signing = await readBody(context, signDraftSchema);
    return change(context, deps, (scope, caller, kind) => signDraft(scope, caller, kind, signing, now()));
  });
  routes.post('/:kind/draft/unsign', async (context) => {
    const signing = await readBody(context, signDraftSchema);
    return change(context, deps, (scope, caller, kind) => unsignDraft(scope, caller, kind, signing));
  });
  routes.post('/:kind/draft/seen', async (context) => {
    const seen = await readBody(context, seenDraftSchema);
    return change(context, deps, (scope, caller, kind) => markSeen(scope, caller, kind, seen, now()));
  });
  /** Of each member the preview that runs here: a newer one takes its place. */
  const previews = new Map<MemberId, AbortController>();
  routes.post('/:kind/preview', marketers, async (context) => {
    cardOf(context);
    const { workspaceId, memberId } = context.get('caller');
    const { body, after, asOf } = await readBody(context, previewRequestSchema);
    previews.get(memberId)?.abort();
    const own = new AbortController();
    previews.set(memberId, own);
    const stop = AbortSignal.any([own.signal, context.req.raw.signal]);
    const moment = asOf === null ? now() : new Date(asOf);
    try {
      return context.json(await previewCard(deps.db, workspaceId, { body, after, now: moment, stop }));
    } finally {
      if (previews.get(memberId) === own) previews.delete(memberId);
    }
  });

  routes.get('/:kind/receipts', marketers, async (context) => {
    const { workspaceId } = context.get('caller');
    const kind = cardOf(context);
    return context.json(
      await inWorkspace(deps.db, workspaceId, async (scope) => {
        const [inForce] = await listVersions(scope, workspaceId, kind);
        const draft = await findDraft(scope, workspaceId, kind);
        const cards = { before: inForce.body, after: draft?.body ?? inForce.body, now: now() };
        return previewReceipts(scope, workspaceId, cards);
      }),
    );
  });

  const publish = answerOnce(deps, async (context, within) => {
    const publishing = await readBody(context, publishDraftSchema);
    return change(
      context,
      within,
      (scope, caller, kind) => publishDraft(scope, caller, kind, publishing, now()),
      announceInForce,
    );
  });
  /** Once other segments are in force, and that is committed, accounts are held against them; what that takes too long for, or fails, is gone on with later. */
  const andAssign = async (context: Context<Authenticated>, answer: Response): Promise<Response> => {
    const { workspaceId } = context.get('caller');
    if (answer.ok && context.req.param('kind') === 'segments')
      await assignAccounts(deps, workspaceId, mostAssignMs).catch((error: unknown) =>
        deps.log.warn({ err: error, workspaceId }, 'accounts were not assigned to segments; it is tried again'),
      );
    return answer;
  };
  routes.post('/:kind/draft/publish', marketers, async (context) => andAssign(context, await publish(context)));
  routes.post('/:kind/revert', marketers, async (context) => {
    const reverting = await readBody(context, revertSchema);
    const answer = await change(
      context,
      deps,
      (scope, caller, kind) => revertVersion(scope, caller, kind, reverting, now()),
      announceInForce,
    );
    return andAssign(context, answer);
  });

  routes.post('/segments/moves', marketers, async (context) => {
    const { workspaceId } = context.get('caller');
    const rules = await readBody(context, segmentsSchema);
    return context.json(await inWorkspace(deps.db, workspaceId, (scope) => previewSegments(scope, workspaceId, rules)));
  });

  const say = answerOnce(deps, async (context, within) => {
    const note = await readBody(context, newNoteSchema);
    return change(context, within, (scope, caller, kind) => addNote(scope, caller, kind, note, now()));
  });
  routes.post('/:kind/notes', say);
  routes.post('/:kind/notes/:id/answer', marketers, async (context) => {
    const id = readParam(context, 'id', agreementNoteIdSchema);
    const answer = await readBody(context, answerNoteSchema);
    return change(context, deps, (scope, caller, kind) => answerProposal(scope, caller, kind, id, answer, now()));
  });

  routes.put('/:kind/signers', requireRole('admin'), async (context) => {
    const signers = await readBody(context, nameSignersSchema);
    return change(context, deps, (scope, { workspaceId }) => nameSigners(scope, workspaceId, signers));
  });
  return routes;
}
