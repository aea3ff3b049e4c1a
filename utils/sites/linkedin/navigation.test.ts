// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.linkedin.com/in/ilse-marrow/" }
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sighting } from '#contract/sighting.ts';
import { watch } from '../watch.ts';
import { linkedin } from './index.ts';

/*
 * LinkedIn's router changes the address first; then come the title, the heading and the rest, in pieces and late. What is reported is written
 * as `<identifiers> <name>`.
 */
let seen: (string | null)[];
let stop: AbortController;

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function report(saw: unknown): void {
  const [person] = (saw as Sighting | null)?.people ?? [];
  seen.push(person === undefined ? null : `${person.clues.map(({ value }) => value).join('+')} ${person.name}`);
}

function draw(title: string, body: string): void {
  document.title = title;
  document.body.innerHTML = `<div id="root">${body}</div>`;
}

/** As the router does it: the page itself does not change yet. */
function goTo(path: string): void {
  history.pushState({}, '', path);
  window.dispatchEvent(new Event('popstate'));
}

/** Replaces a piece of the page, or puts it in for the first time. */
function piece(selector: string, html: string): void {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  document.querySelector(selector)?.replaceWith(...holder.childNodes);
}

const link = (slug: string) => `<a class="contact" href="/in/${slug}/overlay/contact-info/">Contact info</a>`;
const older = (slug: string, name: string) =>
  `<main><section class="pv-top-card"><h1 class="text-heading-xlarge">${name}</h1><div class="text-body-medium break-words">x</div>${link(slug)}</section></main>`;
const newer = (slug: string, name: string) =>
  `<main><div componentkey="refTopcard"><section><div class="name"><a href="/in/${slug}/"><h2>${name}</h2></a></div><p>x</p><p>${link(slug)}</p></section></div></main>`;
const company = (slug: string, name: string) =>
  `<main><section class="org-top-card"><h1 class="org-top-card-summary__title">${name}</h1><nav class="org-page-navigation"><a href="/company/${slug}/about/">About</a></nav></section><aside><a href="/company/next-works/">Next Works</a></aside></main>`;

async function start(title: string, body: string, first: string): Promise<void> {
  draw(title, body);
  watch(linkedin, document, report, stop.signal);
  await vi.waitFor(() => expect(seen).toEqual([first]));
  await rest(150);
}

beforeEach(() => {
  seen = [];
  stop = new AbortController();
  history.replaceState({}, '', '/in/ilse-marrow/');
});
afterEach(() => stop.abort());

describe('after a navigation in place the earlier person is never reported, whatever comes first', () => {
  it('a profile of 2020 to 2025, piece by piece', async () => {
    await start('Ilse Marrow | LinkedIn', older('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
    goTo('/in/oskar-vane/');
    expect(seen.at(-1)).toBeNull();
    await rest(200);
    document.title = '(1) Oskar Vane | LinkedIn';
    await rest(200);
    piece('h1', '<h1 class="text-heading-xlarge">Oskar Vane</h1>');
    await rest(200);
    expect(seen).toEqual(['ilse-marrow Ilse Marrow', null]);
    piece('.contact', link('oskar-vane'));
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['oskar-vane Oskar Vane']), { timeout: 4000 });
  });

  it('a profile of 2026, piece by piece', async () => {
    await start('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
    goTo('/in/oskar-vane/');
    expect(seen.at(-1)).toBeNull();
    await rest(150);
    document.title = 'Oskar Vane | LinkedIn';
    await rest(150);
    piece('.name', '<div class="name"><a href="/in/oskar-vane/"><h2>Oskar Vane</h2></a></div>');
    await rest(150);
    expect(seen).toEqual(['ilse-marrow Ilse Marrow', null]);
    piece('.contact', link('oskar-vane'));
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['oskar-vane Oskar Vane']), { timeout: 4000 });
  });

  it('a page that is emptied first and drawn late', async () => {
    await start('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
    goTo('/in/oskar-vane/');
    document.title = 'LinkedIn';
    piece('main', '<main></main>');
    await rest(900);
    expect(seen).toEqual(['ilse-marrow Ilse Marrow', null]);
    draw('Oskar Vane | LinkedIn', newer('oskar-vane', 'Oskar Vane'));
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['oskar-vane Oskar Vane']), { timeout: 4000 });
  });

  it('the last view stays in the page, hidden, beside the next', async () => {
    await start('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
    goTo('/in/oskar-vane/');
    const last = document.querySelector('main');
    last?.insertAdjacentHTML('afterend', newer('oskar-vane', 'Oskar Vane'));
    await rest(100);
    last?.setAttribute('style', 'display: none');
    document.title = 'Oskar Vane | LinkedIn';
    await vi.waitFor(() => expect(seen.slice(1)).toEqual([null, 'oskar-vane Oskar Vane']), { timeout: 4000 });
  });

  it('an address with a member urn, to which the last card’s own urn does not answer', async () => {
    const card = (urn: string, slug: string, name: string) =>
      older(slug, name).replace('</section>', `<a href="/search/?connectionOf=%22${urn}%22">500+</a></section>`);
    const last = card('ACoAAAnotReal0001', 'ilse-marrow', 'Ilse Marrow');
    await start('Ilse Marrow | LinkedIn', last, 'ilse-marrow Ilse Marrow');
    goTo('/in/ACoAAAnotReal0002');
    await rest(400);
    expect(seen).toEqual(['ilse-marrow Ilse Marrow', null]);
    draw('Oskar Vane | LinkedIn', card('ACoAAAnotReal0002', 'oskar-vane', 'Oskar Vane'));
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['ACoAAAnotReal0002+oskar-vane Oskar Vane']), {
      timeout: 4000,
    });
  });

  it('a sub-page, whose title is the last person’s for a while', async () => {
    history.replaceState({}, '', '/in/ilse-marrow/details/skills/');
    await start('Skills | Ilse Marrow | LinkedIn', '<main>x</main>', 'ilse-marrow Ilse Marrow');
    goTo('/in/oskar-vane/details/skills/');
    await rest(400);
    expect(seen.filter((each) => each?.includes('Ilse'))).toHaveLength(1);
    document.title = 'Skills | Oskar Vane | LinkedIn';
    await vi.waitFor(() => expect(seen.at(-1)).toBe('oskar-vane Oskar Vane'), { timeout: 4000 });
    expect(seen.filter((each) => each?.includes('Ilse'))).toHaveLength(1);
  });

  it('a company that the last one’s page names beside its own', async () => {
    history.replaceState({}, '', '/company/last-works/');
    await start('Last Works | LinkedIn', company('last-works', 'Last Works'), 'last-works Last Works');
    goTo('/company/next-works/');
    await rest(400);
    expect(seen).toEqual(['last-works Last Works', null]);
    draw('Next Works | LinkedIn', company('next-works', 'Next Works'));
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['next-works Next Works']), { timeout: 4000 });
  });

  it('the feed, whatever is still drawn', async () => {
    await start('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
    goTo('/feed/');
    await rest(500);
    expect(seen).toEqual(['ilse-marrow Ilse Marrow', null]);
  });
});

it('the card stays while the same person’s details, contact details or posts are opened', async () => {
  await start('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'), 'ilse-marrow Ilse Marrow');
  goTo('/in/ilse-marrow/overlay/contact-info/');
  await rest(150);
  goTo('/in/ilse-marrow/details/experience/');
  draw('Experience | Ilse Marrow | LinkedIn', '<main>x</main>');
  await rest(300);
  expect(seen.every((each) => each === 'ilse-marrow Ilse Marrow')).toBe(true);
});

describe('what is observed', () => {
  it('is the card once it is drawn, the page’s main part before, and nothing where nobody can be in view', () => {
    draw('LinkedIn', '<main></main>');
    expect(linkedin.scope(document).map((element) => element.localName)).toEqual(['main']);
    draw('Ilse Marrow | LinkedIn', newer('ilse-marrow', 'Ilse Marrow'));
    expect(linkedin.scope(document).map((element) => element.getAttribute('componentkey'))).toEqual(['refTopcard']);
    history.replaceState({}, '', '/feed/');
    expect(linkedin.scope(document)).toEqual([]);
  });
});
