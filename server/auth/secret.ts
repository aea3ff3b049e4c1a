import { createHash, randomBytes } from 'node:crypto';
import type { WorkspaceId } from '#contract/ids.ts';
import { workspaceIdSchema } from '#contract/ids.ts';

/** A secret that names its workspace, so that it is looked up inside that workspace alone, and the hash by which the store knows it. */
export interface Secret {
  text: string;
  hash: Buffer;
}

/** Makes a secret of 32 random bytes: `<workspace id>.<base64url>`. */
export function createSecret(workspaceId: WorkspaceId): Secret {
  const text = `${workspaceId}.${randomBytes(32).toString('base64url')}`;
  return { text, hash: hashSecret(text) };
}

/** SHA-256 of the whole secret. Its 256 random bits need no slow hash; looked up by a unique index, nothing is compared byte by byte. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The workspace a secret claims to belong to; null when it has not the form of a secret. */
export function readClaimedWorkspace(text: string): WorkspaceId | null {
  if (!/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/.test(text)) return null;
  const claimed = workspaceIdSchema.safeParse(text.slice(0, 36));
  return claimed.success ? claimed.data : null;
}
