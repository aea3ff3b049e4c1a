import type { z } from 'zod';
import type { Role } from '#contract/session.ts';

/** Who may call: anybody, the holder of an import's ticket, every signed-in member, or only these roles. */
export type Caller = 'anyone' | 'ticket' | 'member' | readonly Role[];

/** One answer of a call that went well. Without `schema` there is no body, or it is of another form than JSON: then `media` names it. */
export interface Answer {
  what: string;
  schema?: z.ZodType;
  media?: string;
}

/** What a call may be refused with, besides what every call may: status, code (`urn:baton:problem:<code>`), when. */
export type Refusal = readonly [status: number, code: string, when: string];

/** One route as others see it: what the document says and what the tests hold against the route itself. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Hono knows it: `/v1/imports/:id`. */
  path: string;
  name: string;
  summary: string;
  about?: string;
  group: 'Invites and sessions' | 'Sync' | 'Imports' | 'Desk' | 'The store itself';
  who: Caller;
  /** The path's parameters, by name. */
  params?: Record<string, z.ZodType>;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** How large the body may be, in bytes; absent: the usual. */
  mostBytes?: number;
  /** A body that is no JSON: its media type. */
  upload?: string;
  answers: Record<number, Answer>;
  refusals?: readonly Refusal[];
  /** Whether it takes an `Idempotency-Key`. */
  isKeyed?: boolean;
}
