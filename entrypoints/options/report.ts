import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { StructureReport } from '../../components/options/Diagnostics.tsx';
import { log } from '../../utils/platform/log.ts';
import type { PageStructure } from '../../utils/sites/structure/describe-page.ts';
import { keepFile } from './keep-file.ts';

/** The report that was asked for in the popup; null while none was. It is nowhere but on this page. */
export const report = signal<StructureReport | null>(null);

/** What is saved: the address as a note, then the page. */
function asFile({ url, html }: PageStructure): string {
  return `<!-- ${url} -->\n${html}\n`;
}

/** Looks at the tab that this page's address names: the popup was opened on it, which is the right to look at it once. */
export async function takeReport(): Promise<void> {
  const tabId = Number(new URLSearchParams(location.search).get('report') ?? Number.NaN);
  if (!Number.isInteger(tabId)) return;
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, files: ['/structure.js' as never] });
    report.value = { text: answer?.result ? asFile(answer.result as unknown as PageStructure) : null };
  } catch (error) {
    log.info('options', 'the page could not be described', { error });
    report.value = { text: null };
  }
}

/** Saves the report where the person's browser puts what is fetched. */
export function saveReport(text: string): void {
  keepFile('baton-page-structure.html', text);
}
