// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Sighting } from '#contract/sighting.ts';
import { inWordsOfACase, type PageCase } from '../../test/fixtures/pages/case.ts';
import { pageCases } from '../../test/fixtures/pages/cases.ts';
import {
  attributesOf,
  dropAttribute,
  keepHidden,
  type PageChange,
  pageChanges,
} from '../../test/fixtures/pages/changes.ts';
import { readPage } from './registry.ts';

/*
 * Sites change without notice. Whatever becomes of a page, the answer is who is in view or that nobody can be told: never somebody else.
 */
const folder = new URL('../../test/fixtures/pages/', `file://${import.meta.filename}`);
const texts = new Map(pageCases.map(({ file }) => [file, readFileSync(new URL(file, folder), 'utf8')]));

const parse = (file: string) => new DOMParser().parseFromString(texts.get(file) ?? '', 'text/html');

/** The rep whose browser it is: every page shows them somewhere, and which record is theirs is not for the reader to know. */
const viewer = /theo|brandt/i;

/** Whom the cases of a file expect, together: a page that has lost what tells two views apart may be either. */
const shownIn = Map.groupBy(
  pageCases.flatMap(({ file, expected }) => (expected?.people ?? []).map((person) => ({ file, person }))),
  ({ file }) => file,
);

/** What of an answer is nobody's whom the page shows: identifiers and names beside those that the cases expect. */
function strangersIn(sighting: Sighting | null, { file, url }: PageCase): string[] {
  const shown = (shownIn.get(file) ?? []).map(({ person }) => person);
  const known = new Set(shown.flatMap(({ clues }) => clues));
  const called = shown.map(({ name, clues }) => [name, ...clues].join(' '));
  const strangers = (sighting?.people ?? []).flatMap(({ name, clues }) => [
    ...clues
      .filter(({ kind, value }) => !known.has(`${kind} ${value}`) && !(kind === 'crm' && isInAddress(value, url)))
      .map(({ kind, value }) => `${kind} ${value}`),
    ...(name === null || called.some((words) => words.includes(name)) ? [] : [`name ${name}`]),
  ]);
  return strangers.filter((text) => !viewer.test(text));
}

/** Whether a record's identifier is the one that the address names. */
const isInAddress = (value: string, url: string) => url.includes(value.slice(value.search(/[^:/]+$/)));

/**
 * Pages whose address has moved on while the view of before still stands, and the one attribute that says so. Saved, nothing else can tell; on a live page the
 * watcher knows what stood there before the address changed.
 */
const telling: Readonly<Record<string, string>> = {
  'linkedin-2022.html': 'href',
  'linkedin-2023-es.html': 'href',
  'salesforce-stale-lists.html': 'href',
  'salesforce-heading-first.html': 'data-target-selection-name',
};

interface Outcome {
  what: string;
  isAsExpected: boolean;
  strangers: string[];
}

function outcomeOf(one: PageCase, change: PageChange): Outcome | null {
  const document = parse(one.file);
  if (!change.apply(document)) return null;
  const { sighting } = readPage(document, new URL(one.url));
  return {
    what: `${one.file} at ${one.url}: ${change.name}`,
    isAsExpected: isDeepStrictEqual(inWordsOfACase(sighting), one.expected),
    strangers: strangersIn(sighting, one),
  };
}

const withStrangers = (outcomes: Outcome[]) =>
  outcomes.filter(({ strangers }) => strangers.length > 0).map(({ what, strangers }) => [what, ...strangers]);

/** One case of each file. */
const firstCases = pageCases.filter(({ file }, index) => pageCases.findIndex((each) => each.file === file) === index);

/** Alone each takes a few seconds; a machine that does more at once gets longer. */
describe('a changed page', { timeout: 120_000 }, () => {
  it.each(pageChanges)('never becomes somebody else, and mostly stays who it was: $name', (change) => {
    const outcomes = pageCases.flatMap((one) => outcomeOf(one, change) ?? []);
    expect(withStrangers(outcomes)).toEqual([]);
    const kept = outcomes.filter(({ isAsExpected }) => isAsExpected).length;
    expect(kept / outcomes.length).toBeGreaterThan(0.95);
  });

  it('never becomes somebody else without one of its attributes', () => {
    const outcomes = pageCases.flatMap((one) =>
      attributesOf(parse(one.file))
        .filter((name) => telling[one.file] !== name)
        .flatMap((name) => outcomeOf(one, dropAttribute(name)) ?? []),
    );
    expect(withStrangers(outcomes)).toEqual([]);
  });

  it('never becomes whoever was in view before', () => {
    const outcomes = firstCases.flatMap((one, index) => {
      const site = one.file.split('-')[0];
      const others = firstCases.filter(({ file }) => file !== one.file && file.split('-')[0] === site);
      const other = others[index % Math.max(1, others.length)];
      return other === undefined ? [] : (outcomeOf(one, keepHidden(parse(other.file))) ?? []);
    });
    expect(withStrangers(outcomes)).toEqual([]);
  });
});
