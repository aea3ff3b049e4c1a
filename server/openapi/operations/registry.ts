import type { Operation } from '../operation.ts';
import { agreementOperations } from './agreements.ts';
import { deskOperations } from './desk.ts';
import { funnelOperations } from './funnel.ts';
import { importOperations } from './imports.ts';
import { keptDigestOperations } from './kept-digests.ts';
import { personOperations } from './persons.ts';
import { sessionOperations } from './session.ts';
import { storeOperations } from './store.ts';
import { syncOperations } from './sync.ts';
import { upkeepOperations } from './upkeep.ts';

/** Every route of the store that is for programs, in the order of the document. The pages for people (`/`, `/join`) are not among them. */
export const operations: readonly Operation[] = [
  ...sessionOperations,
  ...syncOperations,
  ...deskOperations,
  ...keptDigestOperations,
  ...funnelOperations,
  ...agreementOperations,
  ...upkeepOperations,
  ...personOperations,
  ...importOperations,
  ...storeOperations,
];
