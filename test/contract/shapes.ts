import type { z } from 'zod';
import { byeSchema } from '#contract/feed.ts';
import { mutationSchemas } from '#contract/mutation.ts';
import { problemSchema } from '#contract/session.ts';
import { operations } from '../../server/openapi/operations/registry.ts';

type Shapes = Record<string, z.ZodType>;

/** Everything of the contract that a release is held to later: answers and requests by operation, mutations by kind. */
export function listShapes(): { answers: Shapes; requests: Shapes; mutations: Shapes } {
  const answers: Shapes = { problem: problemSchema, bye: byeSchema };
  const requests: Shapes = {};
  for (const { name, answers: own, body } of operations) {
    const schema = Object.values(own)[0]?.schema;
    if (schema) answers[name] = schema;
    if (body) requests[name] = body;
  }
  return { answers, requests, mutations: mutationSchemas };
}
