// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inWordsOfACase } from '../../../test/fixtures/pages/case.ts';
import { outlookCases } from '../../../test/fixtures/pages/outlook-cases.ts';
import { outlook } from './index.ts';

const folder = new URL('../../../test/fixtures/pages/', `file://${import.meta.filename}`);

function parsePage(file: string): Document {
  return new DOMParser().parseFromString(readFileSync(new URL(file, folder), 'utf8'), 'text/html');
}

describe('Outlook on the web', () => {
  it.each(outlookCases)('$file at $url', ({ file, url, expected }) => {
    expect(inWordsOfACase(outlook.read(parsePage(file), new URL(url)).sighting)).toEqual(expected);
  });

  it('never gives away a decoy, and reads twice what it read once', () => {
    for (const { file, url } of outlookCases) {
      const document = parsePage(file);
      const once = outlook.read(document, new URL(url));
      expect(JSON.stringify(once)).not.toMatch(/decoy/i);
      expect(outlook.read(document, new URL(url))).toEqual(once);
    }
  });

  it('reports nobody who stands only in a message, a draft’s body, the list, a hidden pane or a suggestion', () => {
    const named = fc.constantFrom(
      '<div id="MSG_d_FROM"><span aria-label="From: D &lt;d@decoy.example>">D</span></div>',
      '<div data-testid="RecipientWell"><span title="e@decoy.example">E</span></div>',
      '<span class="_EType_RECIPIENT_ENTITY" aria-label="f@decoy.example">F</span>',
      '<a href="mailto:g@decoy.example" title="g@decoy.example">g@decoy.example</a>',
    );
    const places = fc.constantFrom(
      (inner: string) => `<div id="ReadingPaneContainerId"><div role="document">${inner}</div></div>`,
      (inner: string) =>
        `<div data-app-section="MailReadCompose"><div id="editorParent_1"><div contenteditable="true">${inner}</div></div></div>`,
      (inner: string) =>
        `<div id="MailList">${inner.replaceAll('_EType', '')}</div><div id="ReadingPaneContainerId"></div>`,
      (inner: string) => `<div id="ReadingPaneContainerId" style="display: none">${inner}</div>`,
    );
    fc.assert(
      fc.property(named, places, (inner, place) => {
        const page = new DOMParser().parseFromString(place(inner), 'text/html');
        expect(outlook.read(page, new URL('https://outlook.live.com/mail/0/')).sighting).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it('the viewer is never a subject, whether the account, the mailbox or a draft tells who they are', () => {
    const viewer = 'theo.brandt@aldersales.example';
    const person = fc.constantFrom('nora@pennantworks.example', 'ilse@tarnfield.example', viewer, viewer.toUpperCase());
    const message = fc
      .tuple(person, fc.array(person, { maxLength: 3 }))
      .map(
        ([from, to]) =>
          `<div aria-label="Email message"><div id="MSG_7_FROM"><span aria-label="From: P&lt;${from}>">P</span></div><div data-testid="RecipientWell">${to.map((each) => `<span aria-label="R&lt;${each}>">R</span>`).join('')}</div><div role="document"></div></div>`,
      );
    const told = fc.constantFrom(
      `<div id="mectrl_currentAccount_secondary">${viewer}</div>`,
      `<div id="mectrl_rememberedAccount_1_secondary">${viewer}</div>`,
      `<div id="primaryMailboxRoot_1" data-folder-name="${viewer}"></div>`,
      `<div data-app-section="MailReadCompose"><div id="docking_1"><div id="MSG_9_FROM"><button aria-label="From: ${viewer}">${viewer}</button></div><div id="MSG_9_TO" role="group"><div aria-label="To" contenteditable="true"></div></div><div id="editorParent_1"><div contenteditable="true"></div></div></div></div>`,
    );
    fc.assert(
      fc.property(told, fc.array(message, { minLength: 1, maxLength: 5 }), (mark, messages) => {
        const page = `<div id="ReadingPaneContainerId"><div data-app-section="ConversationContainer">${messages.join('')}</div></div>${mark}`;
        const { sighting } = outlook.read(
          new DOMParser().parseFromString(page, 'text/html'),
          new URL('https://outlook.live.com/mail/0/'),
        );
        expect(JSON.stringify(sighting).toLowerCase()).not.toContain(viewer);
        if (messages.join('').includes('nora@')) expect(JSON.stringify(sighting)).toContain('nora@');
      }),
      { numRuns: 80 },
    );
  });

  it('takes the newest message for the last one, whichever way the conversation runs', () => {
    const message = (who: string, time: string) =>
      `<div><div id="MSG_${who}_FROM"><span aria-label="From: ${who}@a.example">x</span></div><div data-testid="SentReceivedSavedTime">${time}</div><div role="document"></div></div>`;
    const first = (...messages: string[]) => {
      const page = `<div data-app-section="ConversationContainer">${messages.join('')}</div>`;
      const reading = outlook.read(
        new DOMParser().parseFromString(page, 'text/html'),
        new URL('https://outlook.live.com/mail/0/'),
      );
      return reading.sighting?.people[0]?.clues[0]?.value;
    };
    const old = message('old', 'Mon 8/24/2026 9:00 AM');
    const recent = message('new', 'Tue 8/25/2026 9:00 AM');
    expect(first(old, recent)).toBe('new@a.example');
    expect(first(recent, old)).toBe('new@a.example');
    expect(first(message('old', 'vor 3 Tagen'), message('new', 'gestern'))).toBe('new@a.example');
  });

  it.each([
    ['https://outlook.office365.com/mail/', true],
    ['https://outlook.office.com.evil.example/mail/', false],
    ['https://outlook.com/', false],
  ])('is asked for %s: %s', (url, isAsked) => expect(outlook.reads(new URL(url))).toBe(isAsked));
});
