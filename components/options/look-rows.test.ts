import { expect, test } from 'vitest';
import type { NotedLook } from '#contract/look.ts';
import { groupLooks } from './look-rows.ts';

const look = (part: Partial<NotedLook>): NotedLook => ({
  ...{ site: 'linkedin', view: 'profile', people: 1, signals: [], isReadable: true, tookMs: 2 },
  ...{ at: '2026-11-20T10:31:00Z', ...part },
});

test('what earlier looks at the same kind of page had and the last lacks is missing; another kind of page says nothing of it', () => {
  const looks = [
    look({ signals: ['url'] }),
    look({ view: 'company', signals: ['company-link'] }),
    look({ signals: ['url', 'contact-info'] }),
    look({ site: 'gmail', view: 'thread', signals: ['thread'] }),
  ];
  expect(groupLooks(looks).map(({ site, missing }) => [site, missing])).toEqual([
    ['linkedin', ['contact-info']],
    ['gmail', []],
  ]);
});

test('a page that could not be read lacks all that its site ever showed', () => {
  const looks = [look({ view: null, isReadable: false, signals: ['url'] }), look({ signals: ['url', 'topcard'] })];
  expect(groupLooks(looks)[0]?.missing).toEqual(['topcard']);
});
