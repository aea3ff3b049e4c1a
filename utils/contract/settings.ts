import { z } from 'zod';
import { handOverHoursSchema } from './hand-over.ts';
import { growing, kept } from './kept.ts';
import { zoneSchema } from './mapping.ts';
import { ownSiteIdSchema } from './sighting.ts';
import { siteRuleSchema } from './site-rule.ts';

/** Where the panel stands: in the page, or in the browser's own side panel (Firefox: sidebar). */
export const panelSideSchema = z.enum(['page', 'side']);
export type PanelSide = z.infer<typeof panelSideSchema>;

/** A host name as an admin writes it: `crm.kestrel.example`; `*.kestrel.example` for every name under it. No scheme, no port, no path; at least two labels. */
export const siteHostSchema = z
  .string()
  .max(253)
  .regex(
    /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/,
    'is no host name: write it like crm.company.example',
  );

const describedSite = {
  name: z.string().trim().min(1).max(60),
  hosts: z.array(siteHostSchema).min(1).max(10),
  rule: siteRuleSchema,
};

/** A site that a company describes itself: what people call it, where it lives, and how it is read. */
export const ownSiteSchema = kept({ id: ownSiteIdSchema, ...describedSite });
export type OwnSite = z.infer<typeof ownSiteSchema>;

/** How many sites of its own a workspace may describe, and how many more hosts it may name for one that Baton knows. */
export const mostOfSites = { own: 30, hosts: 20 } as const;

/**
 * The workspace's own word on sites, as it is carried and kept. `off`: sites switched off for everybody. `hosts`: more hosts of a site that Baton knows
 * (a self-hosted system, a custom domain), by site id. `own`: sites described by a rule; each is held against `ownSiteSchema` by whoever uses it, so that one
 * that only a newer version understands is passed over and breaks no other.
 */
export const workspaceSitesSchema = kept({
  off: z.array(z.string()).default([]),
  hosts: z.record(z.string(), z.array(z.string())).default({}),
  own: z.array(z.unknown()).default([]),
});
export type WorkspaceSites = z.infer<typeof workspaceSitesSchema>;

/** For how many months touches can be kept one by one. Fewer would take from the score what still counts. */
export const keptMonthsSchema = z.number().int().min(6).max(120);
/** How long a device may read its copy without reaching the store, in hours: an hour to 30 days, after which its token is no longer good anyway. */
export const leaseHoursSchema = z.number().int().min(1).max(720);
/** What it is while no admin has set it: 7 days. */
export const usualLeaseHours = 168;

/**
 * What an admin settles for everybody in the workspace. `panelSides`: a site that is named here has its panel there, whatever a member would choose.
 * Keys are site ids; those that a device does not know are kept and passed over. `ownDomains`: domains of the company's own beside those of the
 * members' addresses, normalised, in order. `scopeByTerritory`: reps hold the accounts of their own territories and those without one alone; absent: they hold
 * all. `keepTouchesMonths`: touches older than so many months are kept as counts alone (null: each is kept).
 * `leaseHours`: absent while it is the usual. `GET` and `PATCH /v1/desk/settings`.
 */
export const workspaceSettingsSchema = kept({
  panelSides: z.record(z.string().max(40), growing(panelSideSchema)).default({}),
  sites: workspaceSitesSchema.optional(),
  ownDomains: z.array(z.string().max(253)).optional(),
  scopeByTerritory: z.boolean().optional(),
  keepTouchesMonths: z.number().int().nullable().optional(),
  leaseHours: leaseHoursSchema.optional(),
  /** Within how many hours sales answers a hand-over; absent while it is the usual. */
  handOverHours: handOverHoursSchema.optional(),
  /** The zone by whose calendars digests count days, weeks and months, and lead quality its weeks; absent: UTC. */
  zone: z.string().max(60).optional(),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

const siteName = z.string().min(1).max(40);
const hostList = z.array(siteHostSchema).max(mostOfSites.hosts).default([]);

/**
 * Changes of the workspace's word on sites: only what is named changes. `off`: true switches a site off for everybody, false leaves it to its members again.
 * `hosts`: hosts that come to a site or leave it. `own`: the site as it is to be; null takes it away.
 */
export const sitesChangeSchema = z.object({
  off: z.record(siteName, z.boolean()).optional(),
  hosts: z.record(siteName, z.object({ add: hostList, remove: hostList })).optional(),
  own: z.record(ownSiteIdSchema, kept(describedSite).nullable()).optional(),
});
export type SitesChange = z.input<typeof sitesChangeSchema>;

/**
 * `PATCH /v1/desk/settings`: changes the sites and domains that are named, so that two admins at work do not undo each other; null leaves a site to its
 * members again, takes a domain off the list, and makes the lease the usual one. Answers the settings as they are then.
 */
export const changeSettingsRequestSchema = z.object({
  panelSides: z.record(z.string().min(1).max(40), panelSideSchema.nullable()).optional(),
  sites: sitesChangeSchema.optional(),
  ownDomains: z.record(z.string().min(1).max(253), z.literal(true).nullable()).optional(),
  scopeByTerritory: z.boolean().optional(),
  keepTouchesMonths: keptMonthsSchema.nullable().optional(),
  leaseHours: leaseHoursSchema.nullable().optional(),
  handOverHours: handOverHoursSchema.nullable().optional(),
  zone: zoneSchema.nullable().optional(),
});
export type SettingsChange = z.infer<typeof changeSettingsRequestSchema>;
