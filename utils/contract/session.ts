import { z } from 'zod';
import { deviceProgressSchema } from './feed.ts';
import { deviceIdSchema, instantSchema, keyIdSchema, memberIdSchema, workspaceIdSchema } from './ids.ts';
import { growing } from './kept.ts';

export const roleSchema = z.enum(['rep', 'marketer', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** The secret of an invite, from the fragment of its link `<store>/join#<secret>`: `<workspace id>.<32 random bytes, base64url>`. */
export const inviteSecretSchema = z.string().regex(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/);
/** The device's bearer token, opaque, same form. Held only by the background. */
export const deviceTokenSchema = z.string().regex(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/);

/** `POST /v1/invites/preview`: who invites, to what, before the invite is taken. */
export const invitePreviewRequestSchema = z.object({ secret: inviteSecretSchema });
export const invitePreviewSchema = z.object({
  workspace: z.string(),
  invitedBy: z.string(),
  role: roleSchema,
  address: z.string(),
  expiresAt: instantSchema,
});
export type InvitePreview = z.infer<typeof invitePreviewSchema>;

/**
 * `POST /v1/invites/accept`: the one-time secret for a device token. `name` is the person's, `device` the browser's (`Chrome on Linux`). `formerDevice`: which
 * device of the same member this browser was until now; its access ends, and nothing of it can arrive any more.
 */
export const inviteAcceptRequestSchema = z.object({
  secret: inviteSecretSchema,
  name: z.string().trim().min(1).max(200),
  device: z.string().trim().min(1).max(120),
  formerDevice: deviceIdSchema.optional(),
});

/** The query of `GET /v1/session`. `keyId`: under which key the device holds its copy. Without one it is taken to hold none, or to begin anew when the key is another. */
export const sessionQuerySchema = z.object({ keyId: keyIdSchema.optional() });

/**
 * `GET /v1/session`: who this device is. `hashing.key` is the workspace's HMAC-SHA-256 key (base64url of 32 bytes); `hashing.previous` the one before it, while a
 * rotation is under way: a copy under it is brought up to date until `endsAt` at the latest. `leaseUntil`: until then the replica may be read without reaching the store.
 */
export const sessionSchema = z.object({
  workspace: z.object({ id: workspaceIdSchema, name: z.string() }),
  member: z.object({ id: memberIdSchema, name: z.string(), address: z.string(), role: growing(roleSchema) }),
  device: z.object({ id: deviceIdSchema, name: z.string() }),
  hashing: z.object({
    keyId: z.string(),
    key: z.string(),
    previous: z.object({ keyId: z.string(), key: z.string(), endsAt: instantSchema }).optional(),
  }),
  leaseUntil: instantSchema,
  storeTime: instantSchema,
});
export type Session = z.infer<typeof sessionSchema>;
/** `former`: what the store has of the former device's mutations; null when it knows no such device of this member. A store that does not say it has not been asked. */
export const inviteAcceptAnswerSchema = z.object({
  token: deviceTokenSchema,
  session: sessionSchema,
  former: deviceProgressSchema.nullable().optional(),
});

/** `POST /v1/invites` by an admin, or by a marketer for reps and marketers. The link is shown once. */
export const inviteRequestSchema = z.object({
  role: roleSchema,
  address: z.email().max(320),
  team: z.string().max(120).nullable().default(null),
});
export const inviteAnswerSchema = z.object({ link: z.url(), expiresAt: instantSchema });

/** Problem details (RFC 9457), media type `application/problem+json`. `type` is `urn:baton:problem:<code>`; `detail` is for the person. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
