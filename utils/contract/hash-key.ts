import { z } from 'zod';
import { instantSchema, keyIdSchema } from './ids.ts';

/**
 * `GET /v1/desk/hash-key`, and what `POST /v1/desk/hash-key/rotate` answers: how the key stands by which devices know identifiers. The key itself is in no answer
 * but a device's own session. `rotation`, while the key before is still kept: until when at the latest, and how many of the devices in use have a copy under the
 * new one. `leavers`: names of members who knew this key and have left since. `restoredAt`: a backup was restored after this key was made: one that was in use
 * when the backup was taken may be in use again.
 */
export const hashKeyStateSchema = z.object({
  keyId: keyIdSchema,
  since: instantSchema,
  restoredAt: instantSchema.nullable(),
  rotation: z
    .object({ endsAt: instantSchema, moved: z.number().int().min(0), devices: z.number().int().min(0) })
    .nullable(),
  leavers: z.array(z.string()),
});
export type HashKeyState = z.infer<typeof hashKeyStateSchema>;
