import type { Clue } from '#contract/sighting.ts';
import { normalizeCrm } from './crm.ts';
import { normalizeDomain } from './domain.ts';
import { normalizeEmail } from './email.ts';
import { normalizeLinkedIn, normalizeLinkedInCompany } from './linkedin.ts';

const normalizers: Readonly<Record<Clue['kind'], (raw: string) => string | null>> = {
  email: normalizeEmail,
  linkedin: normalizeLinkedIn,
  linkedinCompany: normalizeLinkedInCompany,
  crm: normalizeCrm,
  domain: normalizeDomain,
};

/** The clue with its value in the one form that is compared and hashed; null when the value is none of its kind. Idempotent. */
export function normalizeClue(clue: Clue): Clue | null {
  const value = normalizers[clue.kind](clue.value);
  return value === null || value.length > 320 ? null : { kind: clue.kind, value };
}
