import type { Operation } from '../../server/openapi/operation.ts';
import { listRefusals } from '../../server/openapi/refusals.ts';

/** The code of a problem; `undefined` of what is none. */
export const codeOf = (answer: unknown): string =>
  String((answer as { type?: unknown } | null)?.type).replace('urn:baton:problem:', '');

/** Whether the document tells of such an answer of this call; what went well is held elsewhere. */
export function isTold(operation: Operation, status: number, answer: unknown): boolean {
  return status < 400 || listRefusals(operation).some(([each, code]) => each === status && code === codeOf(answer));
}
