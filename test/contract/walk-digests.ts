import type { Exchange, World } from './world.ts';

const kept = '018f2d1c-1111-4222-8333-000000000017';
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What is asked of digests that are kept, once an insight is entered. */
export const walkDigests: Record<string, (world: World) => Promise<Exchange>> = {
  keepDigest: (world) =>
    world.call('marketer', 'POST', '/v1/desk/kept-digests', {
      id: kept,
      from: daysFromNow(-30),
      until: daysFromNow(0),
    }),
  listKeptDigests: (world) => world.call('marketer', 'GET', '/v1/desk/kept-digests'),
  editKeptDigest: (world) =>
    world.call('marketer', 'PATCH', `/v1/desk/kept-digests/${kept}`, {
      insightId: '018f2d1c-1111-4222-8333-000000000014',
      swot: 'threat',
    }),
  readKeptDigest: (world) => world.call('marketer', 'GET', `/v1/desk/kept-digests/${kept}`),
};
