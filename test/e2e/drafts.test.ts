import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPost, joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { type Pair, startPair } from './people/pair.ts';
import { findCard, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
/** What is to be said, with what a page or a mail would make of it as markup, and lines that Enter would send. */
const text = 'Ask <b>which line</b> stops most.\n\n<img src=x onerror="document.title=1"> & so on\n';

let pair: Pair;
let mailbox: Pair['mailbox'];

beforeAll(async () => {
  pair = await startPair(browserName);
  ({ mailbox } = pair);
  const { store } = pair.sample;
  const admin = await joinStore(await store.invite('admin', 'ada@kestrel.example'), 'Ada Quist');
  const pushed = await admin.call(
    '/v1/desk/talking-points',
    asPost({
      ...{ id: randomUUID(), title: 'Fewer stops', text, whyNow: null, link: null, campaignId: null },
      ...{ startsOn: null, expiresOn: null, audience: { segments: [], tiers: [], stages: [], activeDays: null } },
    }),
  );
  expect(pushed.ok, await pushed.clone().text()).toBe(true);
  await mailbox.waitForSelector('::-p-text(Line 3 stoppages)');
  await openThread(mailbox, 'Line 3 stoppages');
});

afterAll(() => pair?.close());

const draft = named('Message Body', 'textbox');

/** What the open draft holds: its text and the elements in it; how often the page has sent anything; and what pressed or submitted anything in it. */
const readDraft = () =>
  mailbox.evaluate(() => {
    const body = document.querySelector<HTMLElement>('[contenteditable][aria-label="Message Body"]');
    return {
      says: body?.innerText.replace(/\s+/g, ' ').trim(),
      elements: [...new Set([...(body?.querySelectorAll('*') ?? [])].map((each) => each.localName))].sort(),
      sent: Number(document.documentElement.dataset['sent'] ?? 0),
      acts: (globalThis as { acts?: string[] }).acts ?? [],
      title: document.title,
    };
  });

/** Notes every key, click and submit that reaches a draft or its form. */
const listen = () =>
  mailbox.evaluate(() => {
    const acts: string[] = [];
    Object.assign(globalThis, { acts });
    for (const type of ['keydown', 'keypress', 'click', 'submit'])
      document.addEventListener(
        type,
        (event) => void acts.push(`${type} ${(event.target as Element).localName}`),
        true,
      );
  });

describe(`a talking point in Gmail's draft, in ${browserName}`, () => {
  it('is not offered for a draft while none is open', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await waitForWords(panel, 'stops most.');
    expect(await panel.$(named('Insert', 'button'))).toBeNull();
    expect(await panel.$(named('Copy', 'button'))).not.toBeNull();
  });

  it('goes behind what is written there, as the characters it is made of; nothing is pressed, nothing sent', async () => {
    await mailbox.locator(named('Reply', 'button')).click();
    const body = await mailbox.waitForSelector(draft);
    await body?.type('Hello Dana. ');
    const { title } = await readDraft();
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await panel.waitForSelector(named('Insert', 'button'));
    await listen();
    await press(panel, 'Insert');
    await waitForWords(panel, 'In your draft');
    const { says, elements, ...rest } = await readDraft();
    expect(says).toBe('Hello Dana. Ask <b>which line</b> stops most. <img src=x onerror="document.title=1"> & so on');
    expect(elements.filter((each) => each !== 'br' && each !== 'div')).toEqual([]);
    expect(rest).toEqual({ sent: 0, acts: [], title });
  });

  it('can be changed and sent by the person, and marketing is told that it was used', async () => {
    const outcomes = () => pair.sample.store.sql<{ outcome: string }>('select outcome from talking_point_outcome');
    await expect.poll(outcomes).toEqual([{ outcome: 'inserted' }]);
    expect((await readDraft()).sent).toBe(0);
    await mailbox.locator(named('Send', 'button')).click();
    expect((await readDraft()).sent).toBe(1);
  });
});
