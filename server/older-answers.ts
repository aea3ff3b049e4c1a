import { createMiddleware } from 'hono/factory';
import type { ImportStatus } from '#contract/import.ts';

/** How an answer was written for those who speak an older contract than `since`. Once nobody may speak that any more, the entry goes. */
interface OlderForm {
  since: number;
  path: RegExp;
  rewrite: (answer: never) => unknown;
}

/** What the first release knew of an import: other words would make its Desk refuse the whole list. */
const firstFormats: readonly (string | null)[] = [
  'accounts',
  'contacts',
  'salesforce_campaign_members',
  'mailchimp_audience',
  'touches',
  'planned_touches',
  null,
];
const firstStates: Partial<Record<ImportStatus['state'], string>> = { undoing: 'running', undone: 'done' };

function writeFirstStatus(status: ImportStatus): unknown {
  const format = firstFormats.includes(status.format) ? status.format : null;
  return { ...status, format, state: firstStates[status.state] ?? status.state };
}

const olderForms: readonly OlderForm[] = [
  {
    since: 2,
    path: /^\/v1\/imports$/,
    rewrite: (answer: ImportStatus[] | object) => (Array.isArray(answer) ? answer.map(writeFirstStatus) : answer),
  },
  { since: 2, path: /^\/v1\/imports\/[0-9a-f-]{36}(\/file)?$/, rewrite: writeFirstStatus },
];

/** Answers in the version agreed on: what is new in a way that an older caller would stumble over is told in its own words. What only adds needs nothing here. */
export const writeOlderAnswers = createMiddleware<{ Variables: { contract: number } }>(async (context, next) => {
  await next();
  const forms = olderForms.filter(({ since, path }) => context.get('contract') < since && path.test(context.req.path));
  const isJson = context.res.headers.get('content-type')?.startsWith('application/json') === true;
  if (forms.length === 0 || !context.res.ok || !isJson) return;
  const answer: unknown = await context.res.json();
  const { status, headers } = context.res;
  const written = forms.reduce((each, { rewrite }) => rewrite(each as never), answer);
  context.res = new Response(JSON.stringify(written), { status, headers });
});
