import { type AudienceChoices, audienceChoicesSchema } from '#contract/desk.ts';
import { readAudienceChoices } from '../store/desk-audience.ts';
import type { Question } from './question.ts';

/** What an audience can be chosen by, but for owners: those are people, and are always read. */
export const choicesQuestion: Question<[], Omit<AudienceChoices, 'owners'>> = {
  name: 'choices',
  usual: [[]],
  schema: audienceChoicesSchema.omit({ owners: true }),
  read: (scope, workspaceId, _asked, now) => readAudienceChoices(scope, workspaceId, now),
};
