import { respond, sampleHosts } from '../../fixtures/sites/routes.ts';
import { type Sites, serveSites } from './sites.ts';

/** Serves the sample mailbox, profiles and CRM records under their real host names. */
export function serveSampleSites(): Promise<Sites> {
  return serveSites(sampleHosts, respond);
}
