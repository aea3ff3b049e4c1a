/** What the words on a card mean until a company writes its own: the field's funnel, in its order, and three tiers. */
export const firstDefinitions: readonly { kind: 'segment' | 'tier' | 'stage'; term: string; text: string }[] = [
  {
    kind: 'stage',
    term: 'Inquiry',
    text: 'Somebody there answered, clicked or came to something. Marketing nurtures.',
  },
  {
    kind: 'stage',
    term: 'MQL',
    text: 'Marketing qualified: fit and engagement reached the agreed thresholds, or somebody asked to be contacted. Marketing offers it to sales.',
  },
  { kind: 'stage', term: 'SAL', text: 'Sales accepted: a rep took the lead on and makes contact.' },
  { kind: 'stage', term: 'SQL', text: 'Sales qualified: a rep found a need and a person who can decide.' },
  {
    kind: 'stage',
    term: 'Opportunity',
    text: 'Sales works on a named need with an amount and a date. Sales leads, marketing supports.',
  },
  { kind: 'stage', term: 'Customer', text: 'Has signed. Both sides look after renewals and what else would help.' },
  {
    kind: 'stage',
    term: 'Recycled',
    text: 'Handed back to marketing to nurture, because the time was wrong. Not disqualified.',
  },
  { kind: 'tier', term: '1', text: 'Accounts worth a plan of their own: named owner, named people, personal contact.' },
  { kind: 'tier', term: '2', text: 'Accounts worked in small groups with a common need.' },
  { kind: 'tier', term: '3', text: 'All other accounts that fit: reached by campaigns alone.' },
];
