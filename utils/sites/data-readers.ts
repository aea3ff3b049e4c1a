import { odoo } from './odoo/index.ts';
import type { SiteReader } from './reader.ts';
import { shippedRules, shippedSystems } from './rules/shipped.ts';
import { suitecrm } from './suitecrm/index.ts';
import type { SystemReader } from './system-reader.ts';

/** The sites on hosts that Baton knows which are read as data. */
export const ruleReaders: readonly SiteReader[] = shippedRules;

/** The systems that companies run themselves. In the browser each is for the hosts that an admin named, and for no other. */
export const systemReaders: readonly SystemReader[] = [odoo, suitecrm, ...shippedSystems];
