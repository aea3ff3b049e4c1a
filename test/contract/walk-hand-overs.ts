import type { Walk } from './walk.ts';

/** Somebody is offered to the rep, so that the mutations have a hand-over to answer. */
export const offering: Walk = {
  offerByHand: async (world) => {
    const body = { contactId: world.ids['contactId'], memberId: world.rep.caller.memberId, note: 'Asked for a date.' };
    const exchange = await world.call('marketer', 'POST', '/v1/desk/hand-overs', body);
    world.ids['handOverId'] = (exchange.answer as { id: string }).id;
    return exchange;
  },
};

/** What marketing asks of hand-overs once the mutations are in. */
export const handingOver: Walk = {
  listHandOvers: (world) => world.call('marketer', 'GET', '/v1/desk/hand-overs?view=returned&order=newest'),
  rollUpHandOvers: (world) => world.call('marketer', 'GET', '/v1/desk/hand-overs/figures?by=segment&days=30'),
  listOfferable: (world) =>
    world.call('marketer', 'GET', `/v1/desk/hand-overs/offerable?account=${world.ids['accountId']}`),
  readHandOver: (world) => world.call('marketer', 'GET', `/v1/desk/hand-overs/${world.ids['handOverId']}`),
  assignHandOver: async (world) => {
    const body = { contactId: world.ids['newContactId'], note: null };
    const { answer } = await world.call('marketer', 'POST', '/v1/desk/hand-overs', body);
    const { id } = answer as { id: string };
    world.ids['secondHandOverId'] = id;
    const { memberId } = world.rep.caller;
    return world.call('marketer', 'POST', `/v1/desk/hand-overs/${id}/assign`, { memberId });
  },
  withdrawHandOver: (world) =>
    world.call('marketer', 'POST', `/v1/desk/hand-overs/${world.ids['secondHandOverId']}/withdraw`),
};
