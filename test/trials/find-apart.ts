import type { Page } from 'puppeteer-core';
import type { ContactId } from '#contract/ids.ts';
import { askBackground } from '../e2e/harness/ask-background.ts';
import type { RunningStore } from '../e2e/harness/store.ts';

interface Held {
  id: string;
  name: string | null;
  verdict: string | null;
  insights: string[];
}

/** What a card of each person must hold, by one query: the name, this member's standing verdict, the account's ten newest insights. */
const wanted = `
  select c.id, c.name,
    (select v.id from verdict v where v.contact_id = c.id and v.undone_at is null and v.member_id = $2 order by v.at desc limit 1) as verdict,
    array(select i.id::text from insight i where i.account_id = c.account_id and i.withdrawn_at is null order by i.at desc limit 10) as insights
  from contact c where c.id = any($1::uuid[]) order by c.id`;

/** How many of these people's cards, as this browser paints them from its copy, hold something else than the store does. */
export async function findApart(store: RunningStore, page: Page, contacts: readonly ContactId[]): Promise<number> {
  const session = await askBackground(page, 'getSession', null);
  const rows = await store.sql<Held>(wanted, [contacts, session?.session.member.id]);
  let apart = 0;
  for (const row of rows) {
    const request = { sighting: null, person: null, contactId: row.id as ContactId, accountId: null };
    const card = (await askBackground(page, 'getCard', request))?.card;
    const held: Held = {
      id: card?.contact?.id ?? '',
      name: card?.contact?.name ?? null,
      verdict: card?.verdict?.verdictId ?? null,
      insights: (card?.insights ?? []).map(({ id }) => id),
    };
    if (JSON.stringify(held) !== JSON.stringify(row)) apart += 1;
  }
  return apart;
}
