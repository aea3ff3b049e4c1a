import { erasedPersonSchema, heldPersonSchema, personDataSchema, personRequestSchema } from '#contract/person.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk' } as const;

const noPerson = [422, 'no-person', 'The identifier is none of a person.'] as const;
const nobody = [404, 'not-found', 'The store holds nobody by it.'] as const;

export const personOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/persons/find',
    name: 'findPerson',
    summary: 'What is held on a person, in numbers',
    about:
      'By an identifier of theirs, in the body: an address has no place in an address bar or a log. Changes nothing.',
    who: ['admin'],
    body: personRequestSchema,
    answers: {
      200: { what: 'Who it is, and counts; null: the store holds nobody by it.', schema: heldPersonSchema.nullable() },
    },
    refusals: [noPerson],
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/persons/export',
    name: 'exportPerson',
    summary: 'Everything that is held on a person',
    about: 'For them to have. Members are not named. Changes nothing.',
    who: ['admin'],
    body: personRequestSchema,
    answers: { 200: { what: 'All of it.', schema: personDataSchema } },
    refusals: [nobody, noPerson],
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/persons/erase',
    name: 'erasePerson',
    summary: 'Erase a person for good',
    about:
      'From everything the store holds, from every device, and from what waits there to be sent. No import brings them back. Cannot be undone; a second time changes nothing.',
    who: ['admin'],
    body: personRequestSchema,
    answers: { 200: { what: 'Whether the store had held them.', schema: erasedPersonSchema } },
    refusals: [noPerson],
  },
];
