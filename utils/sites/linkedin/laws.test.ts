// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from '../registry.ts';

/*
 * Pages that show one person or company, and around the subject's card anything that LinkedIn draws there of others.
 * Whoever stands only there is called a decoy.
 */
interface Page {
  url: string;
  head: string;
  card: string;
}

const older: Page = {
  url: 'https://www.linkedin.com/in/ilse-marrow/',
  head: '<title>(3) Ilse Marrow | LinkedIn</title>',
  card: '<section class="artdeco-card pv-top-card"><h1 class="text-heading-xlarge">Ilse Marrow</h1><div class="text-body-medium break-words">Plant Engineer</div><button aria-label="Current company: Tarnfield. Click to skip">Tarnfield</button><a href="/in/ilse-marrow/overlay/contact-info/">Contact info</a></section>',
};
const newer: Page = {
  ...older,
  card: '<div componentkey="com.linkedin.sdui.profile.card.refACoAAAnotRealNotReal1Topcard"><section><div><a href="https://www.linkedin.com/in/ilse-marrow/"><h2>Ilse Marrow</h2></a><p>· 2nd</p></div><p>Plant Engineer</p><div><svg id="company-accent-4"></svg><p>Tarnfield</p></div></section></div>',
};
const subPage: Page = {
  url: 'https://www.linkedin.com/in/ilse-marrow/details/skills/',
  head: '<title>Skills | Ilse Marrow | LinkedIn</title>',
  card: '<section><h2>Skills</h2></section>',
};
const publicPage: Page = {
  url: 'https://nl.linkedin.com/in/ilse-marrow',
  head: '<title>Ilse Marrow - Tarnfield | LinkedIn</title><meta name="pageKey" content="public_profile_v3_desktop"><link rel="canonical" href="https://nl.linkedin.com/in/ilse-marrow">',
  card: '<section class="top-card-layout"><h1 class="top-card-layout__title">Ilse Marrow</h1><h2 class="top-card-layout__headline">Plant Engineer</h2></section>',
};
const company: Page = {
  url: 'https://www.linkedin.com/company/tarnfield/posts/',
  head: '<title>Tarnfield: Posts | LinkedIn</title>',
  card: '<section class="org-top-card"><h1 class="org-top-card-summary__title">Tarnfield</h1></section><nav class="org-page-navigation"><a href="/company/tarnfield/about/">About</a></nav>',
};
const lead: Page = {
  url: 'https://www.linkedin.com/sales/lead/ACwAAAnotRealNotReal,NAME_SEARCH,x',
  head: '<title>Sales Navigator</title>',
  card: '<section data-sn-view-name="feature-lead-top-card"><h1 data-x--lead--name>Ilse Marrow</h1><span data-anonymize="headline">Plant Engineer</span><section data-sn-view-name="lead-current-role"><a data-anonymize="company-name" href="/sales/company/90210003">Tarnfield</a></section></section>',
};
const pages = [older, newer, subPage, publicPage, company, lead];
const profiles = [older, newer];

/** What stands around a card, on any of the pages. */
const others = [
  '<aside><h2>People also viewed</h2><a href="https://www.linkedin.com/in/viewed-decoy/"><h3>Viewed Decoy</h3><p>Head of Decoy</p></a></aside>',
  '<section><h2>More profiles for you</h2><a href="/in/more-decoy/" componentkey="ProfileVerificationTriggerRef-more-decoy"><h2>More Decoy</h2></a></section>',
  '<ul><li class="comment"><a href="/in/commenter-decoy">Commenter Decoy</a><a href="/company/decoy-works/posts">Decoy Works</a><a href="mailto:comment@decoy.example">x</a></li></ul>',
  '<div class="msg-overlay-conversation-bubble" role="dialog"><a href="/in/ilse-marrow/">Ilse</a><a href="mailto:bubble@decoy.example">bubble@decoy.example</a></div>',
  '<div style="display: none"><section class="pv-top-card"><h1 class="text-heading-xlarge">Hidden Decoy</h1><a href="/in/hidden-decoy/overlay/contact-info/">x</a></section></div>',
  '<div style="visibility: hidden"><div componentkey="com.linkedin.sdui.profile.card.refACoAAAdecoyDecoyTopcard"><a href="/in/hidden-decoy/"><h2>Hidden Decoy</h2></a></div></div>',
  '<code id="bpr-guid-1" style="display: none">{"publicIdentifier":"code-decoy","firstName":"Code"}</code>',
  '<script type="application/ld+json">{"@graph":[{"@type":"Person","name":"Data Decoy","url":"https://nl.linkedin.com/in/data-decoy"}]}</script>',
  '<div class="pv-profile-sticky-header"><div class="text-body-medium break-words">Sticky Decoy</div></div>',
  '<section data-sn-view-name="feature-recommended-leads"><span data-anonymize="person-name">Lead Decoy</span><a data-anonymize="company-name" href="/sales/company/1">Decoy Works</a></section>',
  '<div id="inline-sidesheet-outlet"><section data-sn-view-name="feature-lead-top-card"><h1 data-x--lead--name>Sheet Decoy</h1></section></div>',
  '<a href="/company/similar-decoy/"><h3>Similar Decoy</h3></a>',
  '<section><a href="/search/?connectionOf=%22ACoAAAdecoyDecoyDecoy%22">Mutual Decoy</a></section>',
];

function parse({ head, card }: Page, before: string, after: string): Document {
  const html = `<html><head>${head}</head><body><nav><h1 class="global-nav__branding">LinkedIn</h1><a href="mailto:a11y-feedback@linkedin.com">x</a></nav><main>${before}${card}${after}</main></body></html>`;
  return new DOMParser().parseFromString(html, 'text/html');
}

const around = fc.array(fc.constantFrom(...others), { maxLength: 6 }).map((parts) => parts.join(''));

it('a page of the viewer’s own of which nothing but its edit button is known was read, and is nobody’s', () => {
  const html = '<title>LinkedIn</title><main><button class="profile-photo-edit__edit-btn"></button></main>';
  const document = new DOMParser().parseFromString(html, 'text/html');
  const { sighting, isReadable } = readPage(document, new URL('https://www.linkedin.com/in/theo-brandt/'));
  expect([sighting, isReadable]).toEqual([null, true]);
});

describe('on LinkedIn', () => {
  it('whoever stands only around the subject’s card changes nothing, and is never reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pages), around, around, (page, before, after) => {
        const alone = readPage(parse(page, '', ''), new URL(page.url));
        const among = readPage(parse(page, before, after), new URL(page.url));
        expect(alone.sighting?.people[0]?.name).toMatch(/^(?:Ilse Marrow|Tarnfield)$/);
        expect(among).toEqual(alone);
        expect(JSON.stringify(among)).not.toMatch(/decoy/i);
      }),
      { numRuns: 100 },
    );
  });

  it('a card that is another’s than the address says is nobody', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles, publicPage, company), around, around, (page, before, after) => {
        const url = new URL(page.url.replace(/ilse-marrow|tarnfield/, 'somebody-else'));
        expect(readPage(parse(page, before, after), url).sighting).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('the viewer’s own profile is nobody', () => {
    const marks = [
      '<a href="/in/ilse-marrow/edit/intro/">Edit</a>',
      '<a href="https://www.linkedin.com/in/ilse-marrow/?isSelfProfile=true"></a>',
      '<button componentkey="ilse-marrow_cover_edit_button"></button>',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...profiles), fc.constantFrom(...marks), around, (page, mark, after) => {
        const own = { ...page, card: page.card.replace('</section>', `${mark}</section>`) };
        expect(readPage(parse(own, '', after), new URL(page.url)).sighting).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('without a card nobody is in view, whatever else is drawn', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles, publicPage, company, lead), around, (page, after) => {
        const bare = { ...page, head: '<title>LinkedIn</title>', card: '' };
        expect(readPage(parse(bare, '', after), new URL(page.url)).sighting).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});

describe('what a look costs', () => {
  const asked = [
    'querySelector',
    'querySelectorAll',
    'closest',
    'matches',
    'getAttribute',
    'contains',
    'checkVisibility',
  ];

  function prototypesOf(value: object): object[] {
    const prototype: object | null = Object.getPrototypeOf(value);
    return prototype === null ? [] : [prototype, ...prototypesOf(prototype)];
  }

  /** How often the reader itself asks the document anything; what a question costs inside is the browser's. */
  function countQuestions(page: Page, around: string): number {
    const document = parse(page, '', around);
    let count = 0;
    let depth = 0;
    const owners = new Set([document, document.documentElement].flatMap(prototypesOf));
    const restore = [...owners].flatMap((owner) =>
      asked
        .filter((name) => Object.hasOwn(owner, name))
        .map((name) => {
          const methods = owner as unknown as Record<string, (...values: unknown[]) => unknown>;
          const original = methods[name];
          methods[name] = function (this: unknown, ...values: unknown[]) {
            if (depth === 0) count += 1;
            depth += 1;
            try {
              return original?.apply(this, values);
            } finally {
              depth -= 1;
            }
          };
          return () => {
            if (original !== undefined) methods[name] = original;
          };
        }),
    );
    readPage(document, new URL(page.url));
    for (const undo of restore) undo();
    return count;
  }

  it.each(pages)('is bounded, and the same however much stands around the card: $url', (page) => {
    const [some = 0, many = 0] = [110, 220].map((times) =>
      countQuestions(page, others.map((each) => each.repeat(times)).join('')),
    );
    expect(some).toBeGreaterThan(5);
    expect(many).toBe(some);
    expect(many).toBeLessThan(1500);
  });

  it.each(pages)('goes through the links of the whole page once for those to its subject’s own pages: $url', (page) => {
    const asked: string[] = [];
    const document = parse(page, others.join(''), others.join(''));
    const ask = document.querySelectorAll.bind(document);
    Object.assign(document, {
      querySelectorAll(selector: string) {
        asked.push(selector);
        return ask(selector);
      },
    });
    readPage(document, new URL(page.url));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((selector) => selector.includes('/in/')).length).toBeLessThanOrEqual(1);
  });
});
