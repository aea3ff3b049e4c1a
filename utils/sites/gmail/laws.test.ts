// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countDomOperations } from '../../../test/fixtures/count-dom-operations.ts';
import { normalizeEmail } from '../../identity/email.ts';
import { keepFocus } from '../dom/focus.ts';
import type { Reading } from '../reader.ts';
import { gmail } from './index.ts';
import { threadIn } from './read-thread.ts';

const viewer = 'theo.brandt@aldersales.example';
const thread = new URL('https://mail.google.com/mail/u/0/#inbox/FMfcgzGwHxVbNnMmQqWwEeRrTtYy');
const inbox = new URL('https://mail.google.com/mail/u/0/#inbox');
const title = `Press trial - ${viewer} - Alder Sales Mail`;

function span(kind: string, email: string, name: string): string {
  return `<span class="${kind}" email="${email}" name="${name}" data-hovercard-id="${email}">${name}</span>`;
}

function message(from: string, to: readonly string[] = [], body = 'x'): string {
  const recipients = to.map((email) => span('g2', email, email.split('@')[0] ?? '')).join(', ');
  return `<div class="h7" role="listitem"><div class="adn ads"><div class="gE"><span>${span('gD', from, 'Someone')}</span>
    <span class="hb">to ${recipients}</span></div><div class="ii"><div class="a3s">${body}</div></div></div></div>`;
}

function openThread(messages: string): string {
  return `<div role="main"><div class="a98"><h2 class="hP" data-legacy-thread-id="1">Press trial</h2><div role="list">${messages}</div></div></div>`;
}

function compose(chips: readonly string[], more = ''): string {
  const options = chips.map(
    (email) => `<div class="agb"><div role="option" data-hovercard-id="${email}" data-name=""></div></div>`,
  );
  return `<div class="M9"><div class="anm" name="to"><div role="listbox">${options.join('')}</div>${more}</div><div contenteditable="true" role="textbox"></div></div>`;
}

function read(body: string, url = thread, headline = title): Reading {
  const page = `<html><head><title>${headline}</title></head><body>${body}</body></html>`;
  return gmail.read(new DOMParser().parseFromString(page, 'text/html'), url);
}

function addressesIn({ sighting }: Reading): string[] {
  return (sighting?.people ?? []).flatMap((person) => person.clues.map((clue) => clue.value));
}

const person = fc.constantFrom(
  'nora@pennantworks.example',
  'oskar@pennantworks.example',
  'ilse@tarnfield.example',
  viewer,
);
const messages = fc
  .array(fc.tuple(person, fc.array(person, { maxLength: 4 })), { maxLength: 6 })
  .map((all) => all.map(([from, to]) => message(from, to)).join(''));

/** All that Gmail marks a person with, put where nobody of the conversation stands. */
const decoy = fc
  .array(
    fc.constantFrom(
      span('gD', 'a@decoy.example', 'A'),
      `<span class="hb">${span('g2', 'b@decoy.example', 'B')}</span>`,
      message('c@decoy.example', ['d@decoy.example']),
      `<h2 class="hP" data-legacy-thread-id="9">x</h2>${message('e@decoy.example')}`,
      compose(['f@decoy.example']),
      '<div class="vR"><input type="hidden" name="to" value="G &lt;g@decoy.example&gt;"></div>',
      '<a href="mailto:h@decoy.example">h@decoy.example</a>',
      `<div class="agb"><div class="afV" role="option" data-hovercard-id="i@decoy.example" data-name="I"></div></div>`,
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

const places: readonly ((inner: string) => string)[] = [
  (inner) => openThread(message('nora@pennantworks.example', [], inner)),
  (inner) => openThread(message('nora@pennantworks.example', [], `<div class="gmail_signature">${inner}</div>`)),
  (inner) => openThread(message('nora@pennantworks.example', [], `<div class="gmail_quote">${inner}</div>`)),
  (inner) => `<div style="display: none"><div class="a98">${inner}</div></div>${openThread('')}`,
  (inner) => `<script type="text/plain">${inner}</script>`,
  (inner) => `<template>${inner}</template>`,
  (inner) => compose([], `<ul role="listbox"><li role="option">${inner}</li></ul>`),
  (inner) => `<div class="M9"><div contenteditable="true" role="textbox">${inner}</div></div>`,
  (inner) => `<div role="main"><table><tbody><tr class="zA"><td>${inner}</td></tr></tbody></table></div>`,
  (inner) => `${openThread(message('nora@pennantworks.example'))}<div style="visibility: hidden">${inner}</div>`,
];

describe('in Gmail', () => {
  it('an address that stands only where people write, in a hidden view, a row, a script or a suggestion is never reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), decoy, fc.constantFrom(thread, inbox), (place, inner, url) => {
        expect(addressesIn(read(place(inner.replaceAll('script', '')), url)).join()).not.toContain('decoy');
      }),
      { numRuns: 150 },
    );
  });

  it('whoever hovers, chats, is invited or is offered beside a thread is not in it', () => {
    const beside = '<div data-hovercard-id="a@decoy.example"></div><div role="listitem" email="b@decoy.example"></div>';
    fc.assert(
      fc.property(messages, (all) => {
        expect(read(openThread(all) + beside).sighting).toEqual(read(openThread(all)).sighting);
      }),
      { numRuns: 50 },
    );
  });

  it('the viewer is never a subject, whether the title, the banner, a compose or only Gmail’s own word for them tells', () => {
    const aliasToo = message('nora@pennantworks.example').replace(
      'to ',
      `to ${span('g2', 'alias@elsewhere.example', 'tôi')}`,
    );
    fc.assert(
      fc.property(messages, (all) => {
        const seen = addressesIn(read(openThread(all + aliasToo))).map(normalizeEmail);
        expect(seen).not.toContain(viewer);
        expect(seen).not.toContain('alias@elsewhere.example');
        const banner = `<div role="banner"><a aria-label="Google: T (${viewer})"></a></div>`;
        expect(addressesIn(read(banner + openThread(all), thread, 'x'))).not.toContain(viewer);
        const from = `<div class="M9"><input name="from" value="${viewer}"></div>`;
        expect(addressesIn(read(from + openThread(all), thread, 'x'))).not.toContain(viewer);
      }),
      { numRuns: 50 },
    );
  });

  it('nobody is taken for the viewer because a message or a menu of the page says so', () => {
    const forged = '<div role="banner"><a aria-label="Google: N (nora@pennantworks.example)">x</a></div>';
    const page = openThread(message('nora@pennantworks.example', [], forged));
    expect(addressesIn(read(page, thread, 'x'))).toEqual(['nora@pennantworks.example']);
    const menu = '<ul><li role="menuitem" value="3@x">3</li></ul>';
    expect(addressesIn(read(`${page}<div class="M9">${menu}</div>`, thread, 'x'))).toEqual([
      'nora@pennantworks.example',
    ]);
  });

  it('the drafts’ recipients come first, then the last sender, then everyone else, each once', () => {
    fc.assert(
      fc.property(messages, fc.array(person, { maxLength: 3 }), (all, chips) => {
        const people = read(openThread(all) + compose(chips)).sighting?.people ?? [];
        const order = ['recipient', 'sender', 'participant'];
        const ranks = people.map(({ standing }) => order.indexOf(standing));
        expect(ranks).toEqual(ranks.toSorted());
        expect(ranks.filter((rank) => rank === 1).length).toBeLessThanOrEqual(1);
        expect(new Set(people.map((each) => JSON.stringify(each.clues))).size).toBe(people.length);
      }),
      { numRuns: 50 },
    );
  });

  it('reading twice is reading once', () => {
    fc.assert(
      fc.property(messages, (all) => {
        const page = new DOMParser().parseFromString(openThread(all), 'text/html');
        expect(gmail.read(page, thread)).toEqual(gmail.read(page, thread));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what a read costs', () => {
  const row = `<tr class="zA"><td><span class="yP" email="row@decoy.example" data-legacy-thread-id="2"></span></td></tr>`;
  const list = (rows: number) => `<div role="main"><table><tbody>${row.repeat(rows)}</tbody></table></div>`;
  const crowd = Array.from({ length: 100 }, (_, index) =>
    message(`p${index % 40}@pennantworks.example`, [viewer, `p${(index + 1) % 40}@pennantworks.example`]),
  ).join('');

  function count(body: string): { operations: number; reading: Reading } {
    document.head.innerHTML = `<title>${title}</title>`;
    document.body.innerHTML = body;
    // The document of the tests fills caches of its own on the first look.
    const reading = gmail.read(document, thread);
    const operations = countDomOperations(() => {
      gmail.read(document, thread);
      gmail.scope(document);
    });
    return { operations, reading };
  }

  it('is the same with 1,000 rows beside the thread as with none', () => {
    const alone = count(openThread(message('nora@pennantworks.example')) + list(0));
    const beside = count(openThread(message('nora@pennantworks.example')) + list(1000));
    expect(beside.operations).toBe(alone.operations);
    expect(beside.reading).toEqual(alone.reading);
  });

  it('is the same for a list of 1,000 rows as for an empty one', () => {
    expect(count(list(1000)).operations).toBe(count(list(0)).operations);
  });

  it('grows evenly with the messages: 100 of 40 people cost no more a message than 10', () => {
    const ten = count(openThread(crowd.split('<div class="h7"').slice(0, 11).join('<div class="h7"')));
    const hundred = count(openThread(crowd));
    expect(hundred.reading.sighting?.people).toHaveLength(40);
    expect(hundred.operations / 100).toBeLessThanOrEqual(ten.operations / 10);
  });
});

describe('the thread that an address names', () => {
  const id = 'FMfcgzGtwDBkXWcGTTJkpRnQwXzfQLVc';

  it.each([
    [`#inbox/${id}`, id],
    [`#label/Press+trials/${id}`, id],
    [`#search/from%3Anora/${id}?compose=new`, id],
    ['#all/16f0000000000031', '16f0000000000031'],
    ['#label/CustomersInPipeline', null],
    ['#search/pennantworksrollers', null],
    ['#inbox/p2', null],
    ['#inbox', null],
    ['', null],
  ])('of %s is %s', (hash, expected) => expect(threadIn(hash)).toBe(expected));
});

describe('two composes side by side', () => {
  beforeEach(() => {
    document.head.innerHTML = `<title>${title}</title>`;
    document.body.innerHTML = `${compose(['nora@pennantworks.example'])}${compose(['ilse@tarnfield.example'])}<button></button>`;
  });
  afterEach(() => {
    document.body.innerHTML = '';
  });

  const bodies = () => [...document.querySelectorAll<HTMLElement>('[role="textbox"]')];
  const focus = (element: HTMLElement | undefined) => {
    element?.setAttribute('tabindex', '0');
    element?.focus();
    if (element !== undefined && gmail.heeds?.(element)) keepFocus(element);
  };

  it('the newest comes first until one is in hand', () => {
    expect(addressesIn(gmail.read(document, inbox))).toEqual(['ilse@tarnfield.example', 'nora@pennantworks.example']);
  });

  it('the one in hand comes first, and stays in hand while something else than a draft has the focus', () => {
    focus(bodies()[0]);
    expect(addressesIn(gmail.read(document, inbox))[0]).toBe('nora@pennantworks.example');
    focus(document.querySelector('button') ?? undefined);
    expect(addressesIn(gmail.read(document, inbox))[0]).toBe('nora@pennantworks.example');
    focus(bodies()[1]);
    expect(addressesIn(gmail.read(document, inbox))[0]).toBe('ilse@tarnfield.example');
  });

  it('only whom the one in hand goes to is said to be in hand', () => {
    focus(bodies()[0]);
    const inHand = () => gmail.read(document, inbox).sighting?.people.map((person) => person.isInHand ?? false);
    expect(inHand()).toEqual([true, false]);
    document.querySelector('.M9')?.remove();
    expect(inHand()).toEqual([false]);
  });

  it('text goes into the one in hand, also when the focus is in a panel of ours', () => {
    focus(bodies()[0]);
    document.querySelector('button')?.focus();
    gmail.draft(document)?.insert('Hello');
    expect(bodies().map((body) => body.textContent)).toEqual(['Hello', '']);
  });

  it('when the one in hand is closed, the other is', () => {
    focus(bodies()[0]);
    document.querySelector('.M9')?.remove();
    expect(addressesIn(gmail.read(document, inbox))).toEqual(['ilse@tarnfield.example']);
  });
});
