import { type Funnel, funnelSchema } from '#contract/funnel.ts';
import { readFunnel } from '../store/funnel.ts';
import type { Question } from './question.ts';

/** How accounts went through the funnel in so many days; 0: without a beginning. */
export const funnelQuestion: Question<[number], Funnel> = {
  name: 'funnel',
  usual: [[91], [28], [365], [0]],
  schema: funnelSchema,
  read: (scope, workspaceId, [days], now) => readFunnel(scope, workspaceId, days || null, now),
};
