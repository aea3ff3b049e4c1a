import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { type ImportId, importIdSchema, type WorkspaceId } from '#contract/ids.ts';
import { importPreviewRequestSchema, importRequestSchema } from '#contract/import.ts';
import { requireRole } from '../auth/require-role.ts';
import { requireToken } from '../auth/require-token.ts';
import { createSecret, hashSecret, readClaimedWorkspace } from '../auth/secret.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { answerOnce } from '../limits/answer-once.ts';
import { previewBytes } from '../limits/read-text.ts';
import { ProblemError } from '../problem.ts';
import { Refusal } from '../refusal.ts';
import { toImportGround } from '../sources/import-ground.ts';
import { previewImport } from '../sources/preview.ts';
import { runImport } from '../sources/run-import.ts';
import { undoImport } from '../sources/undo-import.ts';
import { limitUpload, mostUploadBytes } from '../sources/upload.ts';
import { listImports, openImport, readImport, takeTicket } from '../store/import-job.ts';
import { findMappingName, listMappings } from '../store/import-mapping.ts';
import { readBody, readParam } from './read-request.ts';

const ticketMinutes = 10;
/** How long an undoing is waited for before the answer says that it goes on. */
const undoAnswerMs = 2000;

/** Imports by upload. Marketers and admins open one and see all; the file itself comes with a ticket, good once, so that the page that holds it needs no device token. */
export function createImportRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  const mayImport = [requireToken(deps), requireRole('marketer', 'admin')] as const;

  const open = answerOnce(deps, async (context, within) => {
    const { workspaceId, memberId } = context.get('caller');
    const request = await readBody(context, importRequestSchema);
    if (request.bytes > mostUploadBytes) throw tooLarge();
    const id = randomUUID() as ImportId;
    const secret = createSecret(workspaceId);
    const expiresAt = new Date(deps.now().getTime() + ticketMinutes * 60_000);
    const job = { ...request, id, byMember: memberId, ticket: { hash: secret.hash, expiresAt } };
    await inWorkspace(within.db, workspaceId, async (scope) => {
      const mappingName = job.mapping && (await findMappingName(scope, workspaceId, job.mapping));
      await openImport(scope, workspaceId, { ...job, mappingName });
    });
    return context.json({ importId: id, ticket: secret.text }, 201);
  });
  routes.post('/imports', ...mayImport, open);

  /** What is in a file and how it would be read, from its beginning. Nothing of it is kept. */
  routes.post('/imports/preview', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    const { head, isWhole, zone, dates, mapping, subject } = await readBody(
      context,
      importPreviewRequestSchema,
      previewBytes,
    );
    const saved = await inWorkspace(deps.db, workspaceId, (scope) => listMappings(scope, workspaceId));
    const wishes = { isWhole, zone, dates, mapping, subject: subject ?? null, saved, now: deps.now() };
    return context.json(await previewImport(Buffer.from(head, 'base64'), wishes));
  });

  routes.get('/imports', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(deps.db, workspaceId, (scope) => listImports(scope, workspaceId)));
  });

  routes.get('/imports/:id', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', importIdSchema);
    const status = await inWorkspace(deps.db, workspaceId, (scope) => readImport(scope, workspaceId, id));
    if (status === null) throw noSuchImport();
    return context.json(status);
  });

  /** Takes back what the last import changed. A long undoing goes on behind the answer, and by another process should this one end. */
  routes.post('/imports/:id/undo', ...mayImport, async (context) => {
    const { workspaceId, memberId } = context.get('caller');
    const id = readParam(context, 'id', importIdSchema);
    const read = () => inWorkspace(deps.db, workspaceId, (scope) => readImport(scope, workspaceId, id));
    if ((await read()) === null) throw noSuchImport();
    const undoing = undoImport(toImportGround(deps), { workspaceId, importId: id, byMember: memberId });
    const status = await Promise.race([undoing.catch(refuseUndo), sleep(undoAnswerMs, null, { ref: false })]);
    if (status !== null) return context.json(status);
    undoing.catch((error: unknown) =>
      deps.log.error({ err: error, importId: id }, 'an undoing broke off; it is tried again'),
    );
    return context.json(await read());
  });

  /** Answers when the file is in, or could not be taken in: the status says which. */
  routes.put('/imports/:id/file', async (context) => {
    const id = readParam(context, 'id', importIdSchema);
    const { workspaceId } = await readTicket(deps, id, context.req.header('Authorization'));
    if (Number(context.req.header('Content-Length') ?? 0) > mostUploadBytes) throw tooLarge();
    const upload = limitUpload(context.req.raw.body, context.req.raw.signal);
    const status = await runImport({ ...toImportGround(deps), workspaceId, importId: id }, upload);
    deps.metrics?.noteImport(status);
    // A file that was refused at its first bytes is still on its way: read it to its end, else the browser sees a broken connection and not the answer.
    await upload.drain();
    return context.json(status);
  });

  return routes;
}

function noSuchImport(): ProblemError {
  return new ProblemError(404, 'not-found', 'There is no such import.');
}

function refuseUndo(error: unknown): never {
  if (error instanceof Refusal) throw new ProblemError(409, 'not-last', error.message, { cause: error });
  throw error;
}

async function readTicket(
  deps: Deps,
  id: ImportId,
  authorization: string | undefined,
): Promise<{ workspaceId: WorkspaceId }> {
  const ticket = /^Ticket (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
  const workspaceId = readClaimedWorkspace(ticket);
  const taken =
    workspaceId &&
    (await inWorkspace(deps.db, workspaceId, (scope) =>
      takeTicket(scope, workspaceId, id, hashSecret(ticket), deps.now()),
    ));
  if (!workspaceId || !taken)
    throw new ProblemError(
      401,
      'ticket',
      `This ticket is not valid: it was used, or is older than ${ticketMinutes} minutes. Start the import again.`,
      { headers: { 'WWW-Authenticate': 'Ticket' } },
    );
  return { workspaceId };
}

function tooLarge(): ProblemError {
  return new ProblemError(
    413,
    'too-large',
    `The file is larger than ${mostUploadBytes / 1024 / 1024} MB. Split it, or import it on the store's machine: npm run store -- import FILE.`,
  );
}
