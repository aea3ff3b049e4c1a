import { describe, expect, test } from 'vitest';
import { drawCases, publishedCard } from '../../test/fixtures/scoring/cases.ts';
import { gatherEvidence } from './evidence.ts';
import { wilsonInterval } from './wilson.ts';

const cases = drawCases(600, 12);
const evidence = gatherEvidence(publishedCard, cases);
const about = (id: string) => evidence.criteria.find((each) => each.criterion === id)!;

describe('evidence', () => {
  test('counts strong leads with and without a criterion as a hand would, with Wilson’s interval', () => {
    const managers = cases.filter((each) => each.subject.contact.title === 'Plant manager');
    const strong = managers.filter((each) => each.isStrong).length;
    expect(about('manager').with).toEqual({
      strong,
      count: managers.length,
      ...wilsonInterval(strong, managers.length),
      isEnough: true,
    });
    for (const { with: held, without } of evidence.criteria) {
      expect(held.count + without.count).toBe(600);
      expect(held.strong + without.strong).toBe(cases.filter((each) => each.isStrong).length);
    }
  });

  test('says that a criterion helps or hurts only where the intervals stay apart', () => {
    expect(['manager', 'below', 'webinar', 'nobody'].map((id) => about(id).says)).toEqual([
      'helps',
      'hurts',
      'hurts',
      'notEnough',
    ]);
    for (const { says, with: held, without } of evidence.criteria) {
      if (says === 'helps') expect(held.low).toBeGreaterThan(without.high);
      if (says === 'hurts') expect(held.high).toBeLessThan(without.low);
    }
  });

  test('below twenty leads says "not enough yet"', () => {
    const few = gatherEvidence(publishedCard, cases.slice(0, 19));
    expect(new Set(few.criteria.map((each) => each.says))).toEqual(new Set(['notEnough']));
    expect(few.criteria[0]?.with.isEnough).toBe(false);
    expect(gatherEvidence(publishedCard, []).criteria[0]?.with).toMatchObject({ strong: 0, count: 0, low: 0, high: 1 });
  });

  test('splits those who meet a criterion by segment, none lost', () => {
    const { segments, with: held } = about('webinar');
    expect(segments.map((each) => each.segment).sort()).toEqual(['Food', 'Paper', null].sort());
    expect(segments.reduce((sum, each) => sum + each.rate.count, 0)).toBe(held.count);
  });

  test('names criteria that nobody meets, and those that always go together', () => {
    expect(evidence.unmet).toEqual(['nobody']);
    expect(evidence.twins).toEqual([
      { one: 'webinar', other: 'webinar_named', both: expect.any(Number), either: expect.any(Number) },
    ]);
  });

  test('names a reason that no criterion foretells, and not one that a criterion does', () => {
    const even = cases.map((each, index) => ({
      ...each,
      reason: each.source === 'verdict' && index % 3 === 0 ? ('bad_data' as const) : null,
    }));
    expect(gatherEvidence(publishedCard, even).uncovered.map((each) => each.reason)).toEqual(['bad_data']);
    expect(evidence.uncovered.map((each) => each.reason)).not.toContain('wrong_person');
  });
});
