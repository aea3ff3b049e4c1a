import { beforeAll, describe, expect, test } from 'vitest';
import { type Digest, digestSchema } from '#contract/digest.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { daysOf } from '../../platform/months.ts';
import { listMonths, readPeriod } from './digest.ts';
import { writeDigestMarkdown } from './digest-markdown.ts';

beforeAll(provideShippedWords);

describe('the period of a digest', () => {
  const now = new Date('2027-01-01T00:00:00');
  test('is the last month that is over, from the first moment after it', () => {
    expect(readPeriod(undefined, now)).toEqual({ from: '2026-12-01', until: '2026-12-31' });
    expect(readPeriod(undefined, new Date('2026-12-31T23:59:59')).until).toBe('2026-11-30');
    expect(listMonths(now).slice(0, 2)).toEqual(['2026-12', '2026-11']);
  });
  test('is a month or two days, as the address says, leap years with it', () => {
    expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', until: '2028-02-29' });
    expect(readPeriod('2026-10-05_2026-10-09', now)).toEqual({ from: '2026-10-05', until: '2026-10-09' });
    expect(readPeriod('2026-13', now).until).toBe('2026-12-31');
    expect(readPeriod('<script>', now).until).toBe('2026-12-31');
  });
});

const line = (more: object) => ({
  id: '018f2d1c-1111-4222-8333-444455556666',
  text: 'Nights cost them most.',
  quote: null,
  account: 'Brightforge',
  method: 'interview',
  at: '2026-10-05T08:00:00.000Z',
  ...more,
});
const digest = (more: object): Digest =>
  digestSchema.parse({
    ...{
      from: '2026-10-01',
      until: '2026-10-31',
      asOf: '2026-11-01T00:00:00.000Z',
      insights: 13,
      accounts: 2,
      answered: 0,
    },
    ...{
      kinds: [],
      swot: [],
      themes: [],
      verdicts: { weak: 61, strong: 35, before: { weak: 1, strong: 4 }, reasons: [], weeks: [] },
    },
    ...more,
  });

describe('a digest as Markdown', () => {
  test('tells what was heard, where, and how verdicts went, with intervals and counts', () => {
    const text = writeDigestMarkdown(
      digest({
        kinds: [{ kind: 'customer', count: 13, lines: [line({ quote: 'We lose the night shift.' })] }],
        themes: [{ theme: 'Price', count: 4, before: 1 }],
      }),
    );
    expect(text).toContain('- “We lose the night shift\\.” (Brightforge)  \n  Nights cost them most\\.');
    expect(text).toContain('61 of 96');
    expect(text).toContain('54–72');
    expect(text).toContain('5 of 20');
    expect(text).toMatch(/12 more/);
  });

  test('says what was typed and does nothing: no markup, HTML, link or line of its own', () => {
    const hostile = '\n# Urgent\n\n[pay](https://evil.example) <img src=x onerror=alert(1)> \u202egro.live | `x`';
    const fields = { text: hostile, quote: hostile, account: hostile };
    const text = writeDigestMarkdown(
      digest({
        kinds: [{ kind: 'market', count: 1, lines: [line(fields)] }],
        swot: [{ swot: 'threat', count: 1, lines: [line({ ...fields, quote: null })] }],
        themes: [{ theme: hostile, count: 1, before: 0 }],
      }),
    );
    expect(text).not.toMatch(/<|\u202e/);
    expect(text).not.toMatch(/https:\/\//);
    expect(text).not.toMatch(/(^|[^\\])\[/);
    expect(text.split('\n').filter((each) => each.startsWith('#'))).toHaveLength(5);
  });
});
