import type { Exchange, World } from './world.ts';

/** What is asked of the funnel. */
export const walkFunnel: Record<string, (world: World) => Promise<Exchange>> = {
  readFunnel: (world) => world.call('marketer', 'GET', '/v1/desk/funnel?days=91'),
  listFunnelAccounts: (world) =>
    world.call('marketer', 'GET', '/v1/desk/funnel/accounts?stage=Engaged&segment=Industrial&only=all'),
};
