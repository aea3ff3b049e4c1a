import { funnelAccountQuerySchema, funnelAccountsSchema, funnelQuerySchema, funnelSchema } from '#contract/funnel.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;

/** How accounts go through the funnel. */
export const funnelOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/funnel',
    name: 'readFunnel',
    summary: 'Conversion and days in stage, by stage and segment',
    about:
      'Stages change with imports; the store keeps when it saw it. In a large workspace the answer is up to some seconds old (`asOf`).',
    query: funnelQuerySchema,
    answers: { 200: { what: 'The funnel of the period.', schema: funnelSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/funnel/accounts',
    name: 'listFunnelAccounts',
    summary: 'Accounts that are in a stage',
    query: funnelAccountQuerySchema,
    answers: { 200: { what: 'At most 200 at once.', schema: funnelAccountsSchema } },
  },
];
