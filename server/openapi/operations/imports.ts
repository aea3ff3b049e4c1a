import { z } from 'zod';
import { importIdSchema } from '#contract/ids.ts';
import {
  importPreviewRequestSchema,
  importPreviewSchema,
  importRequestSchema,
  importStatusSchema,
  importTicketSchema,
} from '#contract/import.ts';
import {
  mappingIdSchema,
  renameMappingRequestSchema,
  savedMappingSchema,
  saveMappingRequestSchema,
} from '#contract/mapping.ts';
import { previewBytes } from '../../limits/read-text.ts';
import type { Operation } from '../operation.ts';

const imports = { group: 'Imports', who: ['marketer', 'admin'] } as const;
const gone = [404, 'not-found', 'There is no such mapping.'] as const;

const files: readonly Operation[] = [
  {
    ...imports,
    method: 'post',
    path: '/v1/imports',
    name: 'openImport',
    summary: 'Open an import',
    about:
      'Answers a ticket, good for sending one file within 10 minutes, so that whoever holds the file needs no device token.',
    body: importRequestSchema,
    answers: { 201: { what: 'The import’s id and its ticket.', schema: importTicketSchema } },
    refusals: [[413, 'too-large', 'The file is larger than the store takes.']],
    isKeyed: true,
  },
  {
    ...imports,
    method: 'post',
    path: '/v1/imports/preview',
    name: 'previewImport',
    summary: 'Look into a file',
    about: 'What is in a table and how it would be read, from its beginning. Nothing of it is kept.',
    body: importPreviewRequestSchema,
    mostBytes: previewBytes,
    answers: { 200: { what: 'Columns, first rows and what they would mean.', schema: importPreviewSchema } },
  },
  {
    ...imports,
    method: 'get',
    path: '/v1/imports',
    name: 'listImports',
    summary: 'The last imports',
    answers: { 200: { what: 'Newest first.', schema: z.array(importStatusSchema) } },
  },
  {
    ...imports,
    method: 'get',
    path: '/v1/imports/:id',
    name: 'readImport',
    summary: 'How far an import is',
    params: { id: importIdSchema },
    answers: {
      200: { what: 'Its state, its counts, and the first rows that did not go in.', schema: importStatusSchema },
    },
    refusals: [[404, 'not-found', 'There is no such import.']],
  },
  {
    ...imports,
    method: 'post',
    path: '/v1/imports/:id/undo',
    name: 'undoImport',
    summary: 'Take the last import back',
    about:
      'What it added goes, what it changed is as before. A long one goes on after the answer, whose state then is `undoing`: ask how far it is.',
    params: { id: importIdSchema },
    answers: { 200: { what: 'The import, `undoing` or `undone`.', schema: importStatusSchema } },
    refusals: [
      [404, 'not-found', 'There is no such import.'],
      [409, 'not-last', 'Another one changed something since, one runs, or it changed nothing.'],
    ],
  },
  {
    ...imports,
    method: 'put',
    path: '/v1/imports/:id/file',
    name: 'sendFile',
    summary: 'Send the file of an import',
    about:
      'The table as it is, with `Authorization: Ticket <ticket>`. Answers when the file is in, or could not be taken in: the state says which.',
    who: 'ticket',
    params: { id: importIdSchema },
    upload: 'application/octet-stream',
    answers: { 200: { what: 'What became of it.', schema: importStatusSchema } },
    refusals: [
      [401, 'ticket', 'The ticket was used, or is older than 10 minutes.'],
      [413, 'too-large', 'The file is larger than the store takes.'],
    ],
  },
];

const mappings: readonly Operation[] = [
  {
    ...imports,
    method: 'get',
    path: '/v1/imports/mappings',
    name: 'listMappings',
    summary: 'Mappings kept by name',
    answers: { 200: { what: 'By name.', schema: z.array(savedMappingSchema) } },
  },
  {
    ...imports,
    method: 'put',
    path: '/v1/imports/mappings',
    name: 'saveMapping',
    summary: 'Keep a mapping',
    about: 'Under its name, in place of an older one of that name.',
    body: saveMappingRequestSchema,
    answers: { 200: { what: 'The mapping as it is kept.', schema: savedMappingSchema } },
    refusals: [[409, 'too-many-mappings', 'As many are kept already as fit.']],
  },
  {
    ...imports,
    method: 'patch',
    path: '/v1/imports/mappings/:id',
    name: 'renameMapping',
    summary: 'Rename a mapping',
    params: { id: mappingIdSchema },
    body: renameMappingRequestSchema,
    answers: { 200: { what: 'The mapping as it is kept.', schema: savedMappingSchema } },
    refusals: [gone, [409, 'name-taken', 'Another mapping has that name.']],
  },
  {
    ...imports,
    method: 'delete',
    path: '/v1/imports/mappings/:id',
    name: 'dropMapping',
    summary: 'Delete a mapping',
    params: { id: mappingIdSchema },
    answers: { 204: { what: 'Gone.' } },
    refusals: [gone],
  },
];

export const importOperations: readonly Operation[] = [...files, ...mappings];
