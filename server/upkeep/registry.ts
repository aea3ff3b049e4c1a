import { endPreviousKeys } from './end-previous-keys.ts';
import { foldTouches } from './fold-touches.ts';
import { keepAnswers } from './keep-answers.ts';
import { keepDigests } from './keep-digests.ts';
import { keepReach } from './keep-reach.ts';
import type { UpkeepJob } from './upkeep.ts';

/** All upkeep, in the order in which it is looked after: answers are counted from what is kept of accounts. */
export const upkeepJobs: readonly UpkeepJob[] = [endPreviousKeys, foldTouches, keepReach, keepAnswers, keepDigests];
