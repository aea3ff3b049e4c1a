import { browser } from 'wxt/browser';
import { type RuleReport, ruleReportSchema } from '#contract/rule-report.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { matchesHost } from '../../utils/identity/host-pattern.ts';
import type { Handlers } from '../../utils/messaging/answer.ts';
import { log } from '../../utils/platform/log.ts';
import { word } from '../../utils/platform/words.ts';

async function readTab(tabId: number, rule: SiteRule): Promise<RuleReport | null> {
  const target = { tabId, frameIds: [0] };
  await browser.scripting.executeScript({ target, files: ['/try-rule.js' as never] });
  const [answer] = await browser.scripting.executeScript({
    target,
    // Runs in the page's tab: it can reach nothing of this file.
    func: (draft: SiteRule) => {
      const place = Symbol.for('baton.try-rule');
      const world = globalThis as unknown as Record<symbol, ((rule: SiteRule) => unknown) | undefined>;
      const report = world[place]?.(draft) ?? null;
      delete world[place];
      return report;
    },
    args: [rule],
  });
  return ruleReportSchema.nullable().parse(answer?.result ?? null);
}

/** Reads an open tab by a rule that is being written: with the code that will read it, by the tab as it is now, and nothing is kept of it. */
export const tryRule: Handlers['tryRule'] = async ({ tabId, site }) => {
  try {
    const { url = '' } = await browser.tabs.get(tabId);
    const isAtSite = URL.canParse(url) && site.hosts.some((host) => matchesHost(new URL(url).hostname, host));
    if (!isAtSite) return { ok: false, message: word('desk_try_elsewhere') };
    const report = await readTab(tabId, site.rule);
    return report === null ? { ok: false, message: word('desk_try_failed') } : { ok: true, value: report };
  } catch (error) {
    log.info('background', 'a rule was not tried', { error });
    return { ok: false, message: word('desk_try_failed') };
  }
};
