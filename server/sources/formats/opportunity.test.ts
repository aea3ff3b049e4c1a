import { describe, expect, test } from 'vitest';
import { Columns } from '../columns.ts';
import { bindOpportunity } from './opportunity.ts';

const names = { id: ['Id'], name: ['Name'], stage: ['Stage'] };
function outcomeOf(row: Record<string, string>): string {
  const header = ['Id', ...Object.keys(row)];
  return bindOpportunity(new Columns(header), names)(['1', ...Object.values(row)], null).outcome;
}

describe('a deal', () => {
  test.each([
    ['Closed Won', 'won'],
    ['closedwon', 'won'],
    ['Closed lost (Sales Pipeline)', 'lost'],
    ['Gewonnen', 'won'],
    ['Verloren an Wettbewerb', 'lost'],
    ['Perdu', 'lost'],
    ['Not won', 'lost'],
    ['Negotiation', 'open'],
    ['Wonderful prospect', 'open'],
    ['', 'open'],
  ])('at the stage %j is %s', (Stage, outcome) => expect(outcomeOf({ Stage })).toBe(outcome));

  test('is what the CRM says of it, whatever its stage is called', () => {
    expect(outcomeOf({ Stage: 'Verbally won', IsClosed: 'false', IsWon: 'false' })).toBe('open');
    expect(outcomeOf({ Stage: 'Finished', IsClosed: 'true', IsWon: 'true' })).toBe('won');
    expect(outcomeOf({ Stage: 'Finished', IsClosed: '1', IsWon: '0' })).toBe('lost');
    expect(outcomeOf({ Stage: 'Finished', 'Is closed lost': 'true' })).toBe('lost');
    expect(outcomeOf({ Stage: 'Closed Lost', Outcome: 'won' })).toBe('won');
    expect(outcomeOf({ Stage: 'Closed Lost', Outcome: 'in progress' })).toBe('open');
    expect(() => outcomeOf({ Stage: 'Closed Lost', Outcome: 'maybe' })).toThrow('takes open, won or lost');
  });

  test('without an id is told apart by account, name and the day it was made', () => {
    const read = bindOpportunity(new Columns(['Name', 'Created Date']), names);
    const account = {
      isOwn: false,
      name: 'Ardmoor',
      domains: [],
      crm: null,
      linkedinCompany: null,
      fields: {} as never,
    };
    const id = (name: string, day: string, at: typeof account | null = account) => read([name, day], at).externalId;
    expect(id('Line 3', '2026-06-01')).toBe(id('Line 3', '2026-06-01'));
    const others = [id('Line 3', '2026-06-02'), id('Line 4', '2026-06-01'), id('Line 3', '2026-06-01', null)];
    expect(new Set([id('Line 3', '2026-06-01'), ...others]).size).toBe(4);
  });
});
