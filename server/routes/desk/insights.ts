import { Hono } from 'hono';
import { z } from 'zod';
import { insightKindSchema, insightMethodSchema } from '#contract/insight.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { listInsights } from '../../store/desk-insights.ts';
import { readQuery } from '../read-request.ts';

/** `a,b` as a list; absent or empty chooses all. */
const readList = (words: string) => words.split(',').filter((each) => each !== '');
const wordsSchema = z.string().max(400).default('').transform(readList);

const insightQuerySchema = z.object({
  kind: wordsSchema.pipe(z.array(insightKindSchema)),
  method: wordsSchema.pipe(z.array(insightMethodSchema)),
  search: z.string().trim().max(200).default(''),
  days: z.coerce.number().int().min(1).max(3650).optional(),
});

/** What customers said, as reps wrote it down. */
export function createInsightRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  routes.get('/insights', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, insightQuerySchema);
    const filter = { kinds: query.kind, methods: query.method, words: query.search || null, days: query.days ?? null };
    return context.json(await inWorkspace(db, workspaceId, (scope) => listInsights(scope, workspaceId, filter, now())));
  });
  return routes;
}
