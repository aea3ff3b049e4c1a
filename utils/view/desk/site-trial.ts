import { type ReadonlySignal, signal } from '@preact/signals';
import type { RuleReport } from '#contract/rule-report.ts';
import { siteHostSchema } from '#contract/settings.ts';
import { word } from '../../platform/words.ts';
import type { Desk, OpenPages } from './desk.ts';
import { readHost, readLines, type SiteDraft, toWholeRule } from './site-draft.ts';

/** How far trying the draft on an open tab has come. `tabs` null: the browser was not asked yet for the host. `problem`: why nothing could be read. */
export interface TabTrial {
  tabs: Awaited<ReturnType<OpenPages['list']>> | null;
  tabId: number | null;
  report: RuleReport | null;
  problem: string | null;
}

const notBegun: TabTrial = { tabs: null, tabId: null, report: null, problem: null };

/** The draft's hosts, those that are hosts. */
export function hostsOfDraft(draft: SiteDraft): string[] {
  const hosts = readLines(draft, 'hosts').map(readHost);
  return hosts.filter((host) => siteHostSchema.safeParse(host).success);
}

/** Tries the rule that is being written on an open tab. What was read is shown and forgotten. */
export function createSiteTrial(desk: Desk, draft: ReadonlySignal<SiteDraft | null>) {
  const state = signal<TabTrial>(notBegun);
  /** What the browser was asked for, to be given back. */
  let held: string[] = [];
  const change = (next: Partial<TabTrial>) => {
    state.value = { ...state.value, report: null, problem: null, ...next };
  };

  /** Asks for the draft's hosts, within the press, and lists the tabs that are open there. */
  async function findTabs(): Promise<void> {
    const patterns = draft.value === null ? [] : hostsOfDraft(draft.value).map((host) => `https://${host}/*`);
    if (patterns.length === 0) return;
    const isAllowed = await desk.tools.pages.allow(patterns);
    if (isAllowed) held = [...new Set([...held, ...patterns])];
    const tabs = isAllowed ? await desk.tools.pages.list(patterns) : null;
    change({ tabs, tabId: tabs?.[0]?.id ?? null, problem: isAllowed ? null : word('desk_try_not_allowed') });
  }

  /** Reads the chosen tab by the draft as far as it is whole. */
  async function read(): Promise<void> {
    const { value: writing } = draft;
    const { tabId } = state.value;
    if (writing === null || tabId === null) return;
    const rule = toWholeRule(writing);
    if (rule === null) return change({ problem: word('desk_try_no_template') });
    const site = { id: writing.id, name: writing.name.trim() || writing.id, hosts: hostsOfDraft(writing), rule };
    const answer = await desk.tools.pages.read(tabId, site);
    // What was found by another rule says nothing of this one.
    if (draft.value === writing) change(answer.ok ? { report: answer.value } : { problem: answer.message });
  }

  return {
    state: state as ReadonlySignal<TabTrial>,
    findTabs,
    read,
    choose: (tabId: number) => change({ tabId }),
    /** Something of the rule changed. */
    forgetReport: () => change({}),
    /** The draft is left: nothing of the trial stays, the right to read the host neither. */
    reset(): void {
      change(notBegun);
      if (held.length > 0) void desk.tools.pages.letGo(held);
      held = [];
    },
  };
}

export type SiteTrial = ReturnType<typeof createSiteTrial>;
