import { z } from 'zod';

/** The sites that Baton knows by itself: first the main ones, then those on hosts of their own, then those that a company runs itself on a host that an admin names. */
export const shippedSiteIdSchema = z.enum([
  ...['gmail', 'linkedin', 'salesforce', 'hubspot'],
  ...['outlook', 'dynamics', 'pipedrive', 'zoho', 'close', 'copper', 'freshsales', 'attio'],
  ...['odoo', 'espocrm', 'suitecrm', 'twenty', 'frappe'],
] as const);
export type ShippedSiteId = z.infer<typeof shippedSiteIdSchema>;

/** A site that an admin described by a rule: `own-` and a short name. */
export const ownSiteIdSchema = z.templateLiteral(['own-', z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/)]);
export type OwnSiteId = z.infer<typeof ownSiteIdSchema>;

/** Any site. A site is what has one switch and one place for the panel. */
export const siteIdSchema = z.union([shippedSiteIdSchema, ownSiteIdSchema]);
export type SiteId = z.infer<typeof siteIdSchema>;

/**
 * One identifier found on a page, as it stood there (not yet normalised).
 * `email`: an address · `linkedin`: a public identifier (`dana-ortiz`) or a member urn (`ACoAA…`) · `linkedinCompany`: a company's slug or number ·
 * `crm`: a record id, written `<system>:<object>:<id>` (`salesforce:contact:0035g00000XyZ12AAB`) · `domain`: a company's domain.
 */
export const clueSchema = z.object({
  kind: z.enum(['email', 'linkedin', 'linkedinCompany', 'crm', 'domain']),
  value: z.string().min(1).max(320),
});
export type Clue = z.infer<typeof clueSchema>;

/** Where a person stands in the view; the order of relevance is the order of this list. */
export const standingSchema = z.enum(['recipient', 'subject', 'sender', 'participant']);
export type Standing = z.infer<typeof standingSchema>;

/**
 * One person (or, with `isCompany`, one company record) in view.
 * `isInHand`: where several drafts are open, that the one being written goes to them.
 * `signals` names the evidence that was found (`url`, `hovercard`, `topcard`, `field:Email`), strongest first; it never holds text of the page.
 */
export const sightedPersonSchema = z.object({
  standing: standingSchema,
  isInHand: z.literal(true).optional(),
  isCompany: z.boolean().default(false),
  clues: z.array(clueSchema).min(1).max(20),
  name: z.string().max(300).nullable(),
  title: z.string().max(500).nullable(),
  company: z.string().max(300).nullable(),
  signals: z.array(z.string().max(60)).max(20),
});
export type SightedPerson = z.infer<typeof sightedPersonSchema>;

/**
 * What a site reader saw: who is in view, by what evidence. Null instead of a sighting means nobody is in view.
 * `view` names the kind of page (`thread`, `compose`, `profile`, `record`); `people` is ordered, most relevant first, the viewer left out;
 * `hasDraft` says that a draft is open into which text can be inserted.
 */
export const sightingSchema = z.object({
  site: siteIdSchema,
  view: z.string().max(40),
  people: z.array(sightedPersonSchema).min(1).max(100),
  hasDraft: z.boolean(),
});
export type Sighting = z.infer<typeof sightingSchema>;

/** What a reader says of a page: whom it sees; null: nobody is in view; `unreadable`: the address promises somebody, and the page did not show whom. */
export const seenSchema = z.union([sightingSchema, z.literal('unreadable')]).nullable();
export type Seen = z.infer<typeof seenSchema>;
