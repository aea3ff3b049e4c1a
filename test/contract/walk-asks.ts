import type { Exchange, World } from './world.ts';

/** What the routes of asks, and of what becomes of a rep's words, are asked. The mutations have made one by then, about a verdict that stands. */
export const askWalk: Record<string, (world: World) => Promise<Exchange>> = {
  readOwnResults: (world) => world.call('rep', 'GET', '/v1/own-results'),
  listAsks: (world) => world.call('marketer', 'GET', '/v1/desk/asks?state=open&for=marketing'),
  countWaitingAsks: (world) => world.call('marketer', 'GET', '/v1/desk/asks/waiting'),
  askSales: (world) =>
    world.call('marketer', 'POST', '/v1/desk/asks', {
      id: '018f2d1c-1111-4222-8333-000000000016',
      kind: 'context',
      text: 'Who else was in the room?',
      accountId: null,
      verdictId: world.ids['verdictId'],
    }),
  answerAsk: (world) =>
    world.call('marketer', 'PUT', `/v1/desk/asks/${world.ids['askId']}/answer`, {
      text: 'Here it is, valid until March.',
      link: 'https://larkspur.example/prices',
    }),
  takeAskAnswerBack: (world) => world.call('marketer', 'DELETE', `/v1/desk/asks/${world.ids['askId']}/answer`),
  closeAsk: (world) => world.call('marketer', 'PUT', `/v1/desk/asks/${world.ids['askId']}/closed`),
  reopenAsk: (world) => world.call('marketer', 'DELETE', `/v1/desk/asks/${world.ids['askId']}/closed`),
};
