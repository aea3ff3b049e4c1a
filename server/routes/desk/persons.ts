import { type Context, Hono } from 'hono';
import { personRequestSchema } from '#contract/person.ts';
import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from '../../../utils/identity/clue.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { erasePerson } from '../../persons/erase-person.ts';
import { ProblemError } from '../../problem.ts';
import { countHeld, findPerson, readPersonData } from '../../store/person.ts';
import { readBody } from '../read-request.ts';

async function readClue(context: Context): Promise<Clue> {
  const { clue } = await readBody(context, personRequestSchema);
  const normal = normalizeClue(clue);
  if (normal === null || normal.kind === 'domain' || normal.kind === 'linkedinCompany')
    throw new ProblemError(
      422,
      'no-person',
      'This names no person: it takes an address, a LinkedIn profile, or the id of a person’s record.',
    );
  return normal;
}

const nobody = () =>
  new ProblemError(404, 'not-found', 'The store holds nobody by this identifier. Erased, it is kept out from now on.');

/** What the store holds on one person: told, given out, erased. For admins alone: it is what the law asks of a company. */
export function createPersonRoutes(deps: Deps): Hono<Authenticated> {
  const { db, pokes, log, keepErased, packed } = deps;
  const routes = new Hono<Authenticated>();
  routes.use('/persons/*', requireRole('admin'));

  const read =
    <T>(work: (scope: Scope, workspaceId: Parameters<typeof findPerson>[1], clue: Clue) => Promise<T>) =>
    async (context: Context<Authenticated>) => {
      const { workspaceId } = context.get('caller');
      const clue = await readClue(context);
      return inWorkspace(db, workspaceId, (scope) => work(scope, workspaceId, clue));
    };

  const find = read(async (scope, workspaceId, clue) => {
    const id = await findPerson(scope, workspaceId, clue);
    return (id === null ? undefined : await countHeld(scope, workspaceId, id)) ?? null;
  });
  routes.post('/persons/find', async (context) => context.json(await find(context)));

  const collect = read(async (scope, workspaceId, clue) => {
    const id = await findPerson(scope, workspaceId, clue);
    return id === null ? undefined : readPersonData(scope, workspaceId, id);
  });
  routes.post('/persons/export', async (context) => {
    const data = await collect(context);
    if (!data) throw nobody();
    return context.json(data);
  });

  routes.post('/persons/erase', async (context) => {
    const { workspaceId, memberId } = context.get('caller');
    const clue = await readClue(context);
    const erased = await erasePerson(db, workspaceId, clue, memberId);
    packed?.forget(workspaceId);
    pokes.poke(workspaceId);
    // They are erased already: that the list could not be written is for who runs the store, whose next backup writes it again.
    await keepErased?.().catch((error: unknown) =>
      log.error({ err: error }, 'the list of erased people was not written'),
    );
    return context.json(erased);
  });
  return routes;
}
