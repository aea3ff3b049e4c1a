import { browser } from 'wxt/browser';
import { z } from 'zod';
import { type PanelSide, panelSideSchema } from '#contract/settings.ts';
import { type SiteId, siteIdSchema } from '#contract/sighting.ts';
import { log } from '../platform/log.ts';
import { isPlainToFar } from './invite-link.ts';

const storeUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine(
    (text) => URL.canParse(text) && !isPlainToFar(new URL(text)),
    'must be HTTPS, but for a store on this machine',
  )
  // As a browser writes it, and so as an invite's link is read: capitals in the host and a usual port make no other store.
  .transform((text) => new URL(text))
  .transform(({ origin, pathname }) => `${origin}${pathname.replace(/\/+$/, '')}`);

/** Keys are site ids; one that this version does not know is passed over, so that a policy can be written ahead of an update. */
function bySite<Value>(value: z.ZodType<Value>) {
  return z
    .record(z.string(), value)
    .transform(
      (all) =>
        Object.fromEntries(Object.entries(all).filter(([site]) => siteIdSchema.safeParse(site).success)) as Partial<
          Record<SiteId, Value>
        >,
    );
}

const policySchema = z.object({
  storeUrl: storeUrlSchema.nullish().transform((url) => url ?? null),
  sites: bySite(z.boolean()).default({}),
  panelSides: bySite(panelSideSchema).default({}),
});

/**
 * What the organisation that manages this browser has fixed (`storage.managed`: enterprise policy).
 * `storeUrl`: the one store that may be joined, without a slash at the end; null: any. `sites`: on or off for good. `panelSides`: where the panel stands.
 */
export interface Policy {
  storeUrl: string | null;
  sites: Partial<Record<SiteId, boolean>>;
  panelSides: Partial<Record<SiteId, PanelSide>>;
}

const noPolicy: Policy = { storeUrl: null, sites: {}, panelSides: {} };

/** A policy as read. `problem` names what could not be understood, the field in it, else null; then nothing of the policy holds. */
export interface PolicyReading {
  policy: Policy;
  problem: string | null;
}

/** Takes a managed configuration apart. Pure. A broken one is no policy at all: half of what an organisation wants would look like all of it. */
export function parsePolicy(raw: unknown): PolicyReading {
  const parsed = policySchema.safeParse(raw ?? {});
  if (parsed.success) return { policy: parsed.data, problem: null };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'policy';
  return { policy: noPolicy, problem: where };
}

/** What is fixed for this browser now. Never rejects: a browser that nobody manages has no policy. */
export async function readPolicy(): Promise<PolicyReading> {
  let raw: unknown;
  try {
    raw = await browser.storage.managed.get();
  } catch (error) {
    // Firefox rejects where no policy was installed: the usual case.
    log.info('settings', 'no managed storage', { error });
    return { policy: noPolicy, problem: null };
  }
  const reading = parsePolicy(raw);
  if (reading.problem !== null) log.warn('settings', 'the policy was not understood', { at: reading.problem });
  return reading;
}

/** Calls `react` each time the organisation changes its policy. */
export function onPolicyChanged(react: () => void): void {
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') react();
  });
}
