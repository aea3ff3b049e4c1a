import { ownResultsSchema } from '#contract/own-results.ts';
import type { Desk } from './desk.ts';

/** The page of what became of what the reader said. */
export function createOwnResults(desk: Desk) {
  const results = desk.open(ownResultsSchema);
  return { results, open: () => results.show({ method: 'GET', path: '/v1/own-results' }) };
}

export type OwnResultsModel = ReturnType<typeof createOwnResults>;
