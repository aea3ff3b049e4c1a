import type { Clue } from '#contract/sighting.ts';
import { word } from '../platform/words.ts';

/** CRMs by the name they have among people; one that is not listed here shows its own. */
const systems: Readonly<Record<string, string>> = {
  dynamics: 'Dynamics 365',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
};

function describeRecord(value: string): string {
  const system = value.split(':')[0] ?? '';
  return word('panel_evidence_record', systems[system] ?? system);
}

/**
 * A normalised clue as it is shown to people: addresses and domains as they are, a profile by its address on LinkedIn, a CRM record by its system
 * (its number says nothing to anybody, nor does a LinkedIn member's urn). Not unique: never compare by it.
 */
export function describeClue({ kind, value }: Clue): string {
  if (kind === 'crm') return describeRecord(value);
  if (kind === 'linkedin')
    return /^ac[ow]aa/i.test(value) ? word('panel_evidence_profile') : `linkedin.com/in/${value}`;
  if (kind === 'linkedinCompany') return `linkedin.com/company/${value}`;
  return value;
}
