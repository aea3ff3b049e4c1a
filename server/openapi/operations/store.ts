import { z } from 'zod';
import type { Operation } from '../operation.ts';

const statusSchema = z.object({ status: z.string() });

export const storeOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/openapi.json',
    name: 'readDocument',
    summary: 'This document',
    group: 'The store itself',
    who: 'anyone',
    answers: {
      200: { what: 'The description of this API in OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) },
    },
  },
  {
    method: 'get',
    path: '/healthz',
    name: 'readHealth',
    summary: 'Is the process alive',
    group: 'The store itself',
    who: 'anyone',
    answers: { 200: { what: 'It is.', schema: statusSchema } },
  },
  {
    method: 'get',
    path: '/readyz',
    name: 'readReadiness',
    summary: 'Can the store serve',
    about: 'Whether its database is reached and has this release’s schema, and the store is not going down.',
    group: 'The store itself',
    who: 'anyone',
    answers: {
      200: { what: 'It can.', schema: statusSchema },
      503: { what: 'It cannot; `status` says why.', schema: statusSchema },
    },
  },
];
