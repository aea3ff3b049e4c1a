import { z } from 'zod';
import { candidateSchema, cardAnswerSchema, cardRequestSchema, panelStatusSchema } from './card.ts';
import { diagnosticsSchema, keptItemSchema, timingSchema } from './diagnostics.ts';
import { instantSchema } from './ids.ts';
import { lookSchema, notedLookSchema } from './look.ts';
import { mutationSchema } from './mutation.ts';
import { ruleReportSchema } from './rule-report.ts';
import { invitePreviewSchema, sessionSchema } from './session.ts';
import { ownSiteSchema, panelSideSchema } from './settings.ts';
import { siteIdSchema } from './sighting.ts';
import { siteRuleSchema } from './site-rule.ts';

const nothing = z.null();

/** Where the panel stands on a site (null: nobody has said it yet, and nothing may be put into the page) and who fixed it; null: the person may change it. */
const panelStandSchema = z.object({
  side: panelSideSchema.nullable(),
  fixedBy: z.enum(['policy', 'admin']).nullable(),
});

/** An answer that can fail for a reason a person should read. */
const outcomeOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), message: z.string() }),
  ]);
export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string };

/**
 * Every message to the background: who may send it (`page`: a content script or an own page; `own`: only pages of the extension itself),
 * its schema, its answer's schema. The background refuses what is not listed here or does not parse.
 */
export const messageSchemas = {
  /** Content script of the reader: somebody is in view, put the panel's script into this frame. Nothing happens where the panel does not stand in the page. */
  openPanel: { from: 'page', request: nothing, answer: nothing },
  /** The one read path: first paint, refresh and recovery. */
  getCard: { from: 'page', request: cardRequestSchema, answer: cardAnswerSchema },
  /** One thing the member did. Answered after it is on disk. */
  saveMutation: {
    from: 'page',
    request: mutationSchema,
    answer: outcomeOf(z.object({ sequence: z.number().int(), savedAt: instantSchema })),
  },
  searchReplica: { from: 'page', request: z.object({ words: z.string().max(200) }), answer: z.array(candidateSchema) },
  getStatus: { from: 'page', request: nothing, answer: panelStatusSchema },
  /** A visible panel says so every 20 s: this keeps the background alive and pulls when it is time. */
  beat: { from: 'page', request: nothing, answer: nothing },
  /** How a look at the page went. Kept in the browser's memory, bounded, for Diagnostics alone. */
  noteLook: { from: 'page', request: lookSchema, answer: nothing },
  /** The looks of this browser session, newest first. */
  getLooks: { from: 'own', request: nothing, answer: z.array(notedLookSchema) },
  syncNow: { from: 'page', request: nothing, answer: nothing },
  openOptions: { from: 'page', request: nothing, answer: nothing },
  openDesk: { from: 'own', request: nothing, answer: nothing },
  /** Panel preferences, one set a site. `width` in CSS pixels. */
  getPanelPlace: {
    from: 'page',
    request: z.object({ site: siteIdSchema }),
    answer: z.object({ width: z.number(), collapsed: z.boolean() }),
  },
  setPanelPlace: {
    from: 'page',
    request: z.object({ site: siteIdSchema, width: z.number().min(280).max(520), collapsed: z.boolean() }),
    answer: nothing,
  },
  getPanelStand: { from: 'page', request: z.object({ site: siteIdSchema }), answer: panelStandSchema },
  /** The person chooses where a site's panel stands. `isOpen`: the browser's own side panel opened at once, as only some browsers let it. */
  setPanelSide: {
    from: 'page',
    request: z.object({ site: siteIdSchema, side: panelSideSchema }),
    answer: outcomeOf(z.object({ isOpen: z.boolean() })),
  },
  /** Takes an invite along from where it was seen (a join page under the popup) to Options, which opens. Kept in the browser's memory, for own pages alone. */
  offerInvite: { from: 'own', request: z.object({ link: z.string().max(2000) }), answer: nothing },
  /** The invite that was taken along; null when there is none. `dropOfferedInvite` forgets it. */
  getOfferedInvite: { from: 'own', request: nothing, answer: z.string().nullable() },
  dropOfferedInvite: { from: 'own', request: nothing, answer: nothing },
  /** Looks at an invite without taking it. `obstacle`: why this browser cannot take it as it stands, and what to do; null when it can. */
  previewInvite: {
    from: 'own',
    request: z.object({ link: z.string().max(2000) }),
    answer: outcomeOf(invitePreviewSchema.extend({ obstacle: z.string().nullable() })),
  },
  acceptInvite: {
    from: 'own',
    request: z.object({ link: z.string().max(2000), name: z.string().max(200) }),
    answer: outcomeOf(sessionSchema),
  },
  getSession: {
    from: 'own',
    request: nothing,
    answer: z.object({ storeUrl: z.string(), session: sessionSchema }).nullable(),
  },
  /** How far a new device has come: the accounts of its copy (null before the first has begun), and whether a card was shown yet. */
  getFirstSteps: {
    from: 'own',
    request: nothing,
    answer: z.object({
      accounts: z.object({ copied: z.number().int(), of: z.number().int() }).nullable(),
      hasShownCard: z.boolean(),
    }),
  },
  /** This extension's version, and the newer one that waits for a restart of Baton; null when none does. */
  getVersion: { from: 'own', request: nothing, answer: z.object({ now: z.string(), next: z.string().nullable() }) },
  /** Restarts Baton, so that a newer version that waits takes over. Open pages have to be reloaded after it. */
  restartExtension: { from: 'own', request: nothing, answer: nothing },
  /** What the store has not got or has refused, whole, oldest first, and what was discarded of it and can still be taken back. */
  getUnsent: { from: 'own', request: nothing, answer: z.array(keptItemSchema) },
  /** The person discards these, or everything that the store has not got or has refused, with what rests on them. Nothing leaves in their stead. Answers how many. */
  discardUnsent: {
    from: 'own',
    request: z.object({ sequences: z.union([z.literal('all'), z.array(z.number().int()).max(1000)]) }),
    answer: z.number().int(),
  },
  /** Takes back everything that was discarded and was not sent as nothing yet. Answers how many. */
  restoreUnsent: { from: 'own', request: nothing, answer: z.number().int() },
  /** How a card came: kept in the browser's memory, bounded, for Diagnostics alone. */
  noteTiming: { from: 'page', request: timingSchema, answer: nothing },
  /** How this browser's copy, its line to the store and its last cards stand. */
  getDiagnostics: { from: 'own', request: nothing, answer: diagnosticsSchema },
  signOut: { from: 'own', request: z.object({ discardUnsent: z.boolean() }), answer: outcomeOf(nothing) },
  /**
   * Every site that has a host. `isWanted`: it is meant to be on; `isOn`: Baton reads there. `hosts`: match patterns of where it lives, `named`: those of them
   * that an admin named, `missing`: those that the browser does not let Baton read. `reads`: what an admin's rule reads of a page besides the record's number;
   * null: Baton knows the site by itself. `passedOver`: sites of the workspace's that this version does not understand.
   */
  getSites: {
    from: 'own',
    request: nothing,
    answer: z.object({
      sites: z.array(
        z.object({
          site: siteIdSchema,
          name: z.string(),
          isWanted: z.boolean(),
          isOn: z.boolean(),
          isMain: z.boolean(),
          isBeta: z.boolean(),
          hosts: z.array(z.string()),
          named: z.array(z.string()),
          missing: z.array(z.string()),
          front: z.string().nullable(),
          reads: z.array(z.string()).nullable(),
          /** Who fixed the switch; null: the person may change it. */
          fixedBy: z.enum(['policy', 'admin']).nullable(),
          panel: panelStandSchema,
        }),
      ),
      passedOver: z.array(
        z.object({ id: z.string().nullable(), name: z.string().nullable(), at: z.string(), why: z.string() }),
      ),
    }),
  },
  /** Which site Baton reads at the sender's own address, and by what rule (null: by a reader that Baton has). Null: none, be it switched off or not allowed. */
  getPageSite: {
    from: 'page',
    request: nothing,
    answer: z.object({ site: siteIdSchema, rule: siteRuleSchema.nullable() }).nullable(),
  },
  /** Reads an open tab by a rule that is still being written. Nothing of it is kept or sent anywhere. */
  tryRule: {
    from: 'own',
    request: z.object({ tabId: z.number().int(), site: ownSiteSchema }),
    answer: outcomeOf(ruleReportSchema),
  },
  /** A page of Baton's that asked for these hosts (match patterns) needs them no more: what no site that is meant to be on needs goes back to the browser. */
  letGoOfHosts: { from: 'own', request: z.object({ hosts: z.array(z.string().max(300)).max(20) }), answer: nothing },
  /** What the organisation that manages this browser has fixed of the store; `problem` names the field of a policy that was not understood. */
  getPolicy: {
    from: 'own',
    request: nothing,
    answer: z.object({ storeUrl: z.string().nullable(), problem: z.string().nullable() }),
  },
  setSite: { from: 'own', request: z.object({ site: siteIdSchema, isOn: z.boolean() }), answer: outcomeOf(nothing) },
  /** A call of the Desk to the store's `/v1/…`, made by the background, which alone holds the token. `body` is JSON; `key` is its `Idempotency-Key`. */
  callStore: {
    from: 'own',
    request: z.object({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string().startsWith('/v1/').max(2000),
      body: z.unknown(),
      key: z.string().min(1).max(255).optional(),
    }),
    answer: z.object({ status: z.number().int(), body: z.unknown() }),
  },
} as const satisfies Record<string, { from: 'page' | 'own'; request: z.ZodType; answer: z.ZodType }>;

export type MessageName = keyof typeof messageSchemas;
/** What the sender passes. */
export type MessageRequest<N extends MessageName> = z.input<(typeof messageSchemas)[N]['request']>;
/** What the handler gets, checked. */
export type CheckedRequest<N extends MessageName> = z.output<(typeof messageSchemas)[N]['request']>;
export type MessageAnswer<N extends MessageName> = z.output<(typeof messageSchemas)[N]['answer']>;

/**
 * Events the background sends to panels and own pages, without data: ask again. `sitesChanged`: a site may be on or off now, or be read otherwise; a reader
 * whose site is off leaves its page without a trace. `inviteOffered`, to own pages: an invite was taken along. `placesChanged`: the panel of some site may
 * stand elsewhere now, or a policy changed. `personStepped`, to one tab: show the next person in view.
 */
export const eventNames = [
  'replicaChanged',
  'panelToggled',
  'personStepped',
  'sitesChanged',
  'inviteOffered',
  'placesChanged',
] as const;
export type EventName = (typeof eventNames)[number];
