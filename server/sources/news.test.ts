import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addNews, beginNews, owesSomething } from './news.ts';

const batch = fc.record({
  bundles: fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 6 }),
  afterMs: fc.integer({ min: 0, max: 4000 }),
});

test('every bundle is named after its last change, or still owed, and entries do not follow each other quickly', () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 20 }), (batches) => {
      let news = beginNews(false);
      let now = 1_000_000;
      const open = new Set<string>();
      const entries: number[] = [];
      for (const { bundles, afterMs } of batches) {
        now += afterMs;
        for (const id of bundles) open.add(id);
        const told = addNews(news, new Set(bundles), now);
        news = told.news;
        if (told.due.size > 0) {
          expect(told.due).toEqual(open);
          open.clear();
          entries.push(now);
        }
        expect(new Set(news.owed)).toEqual(open);
        expect(owesSomething(news)).toBe(open.size > 0);
      }
      expect(entries.every((at, index) => index === 0 || at - (entries[index - 1] ?? 0) >= 3000)).toBe(true);
    }),
  );
});

test('the first batch is told of at once', () => {
  expect(addNews(beginNews(false), new Set(['a']), Date.now()).due).toEqual(new Set(['a']));
});

test('more than can be listed is a "fetch again", from then on whatever comes', () => {
  const many = (from: number) => new Set(Array.from({ length: 6000 }, (_, number) => `${from + number}`));
  const first = addNews(beginNews(false), many(0), 5000);
  const second = addNews(first.news, many(6000), 9000);
  expect(second).toMatchObject({ due: new Set(), news: { isRefetch: true } });
  expect(addNews(second.news, new Set(['a']), 99_000)).toEqual({ news: second.news, due: new Set() });
  expect(addNews(beginNews(true), new Set(['a']), 99_000).due.size).toBe(0);
});
