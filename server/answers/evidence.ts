import { type CriteriaEvidence, criteriaEvidenceSchema } from '#contract/evidence.ts';
import { readEvidence } from '../store/agreement/evidence.ts';
import type { Question } from './question.ts';

/** What verdicts of so many days say of the criteria. */
export const evidenceQuestion: Question<[number], CriteriaEvidence> = {
  name: 'evidence',
  usual: [[91], [28], [7], [365]],
  schema: criteriaEvidenceSchema,
  read: (scope, workspaceId, [days], now) => readEvidence(scope, workspaceId, days, now),
};
