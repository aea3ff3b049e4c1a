/** What the words on a card mean until a company writes its own. Ordered as a funnel. */
export const firstDefinitions: readonly { kind: 'segment' | 'tier' | 'stage'; term: string; text: string }[] = [
  {
    kind: 'stage',
    term: 'Target',
    text: 'Fits the ideal customer, but has not answered anything yet. Marketing makes the first contact.',
  },
  {
    kind: 'stage',
    term: 'Engaged',
    text: 'At least one person there answered, clicked or came to something in the last 90 days. Marketing nurtures.',
  },
  {
    kind: 'stage',
    term: 'Qualified',
    text: 'Fit and engagement reached the agreed thresholds, or somebody asked to be contacted. Marketing offers it, sales answers.',
  },
  {
    kind: 'stage',
    term: 'Opportunity',
    text: 'Sales works on a named need with a person who can decide. Sales leads, marketing supports.',
  },
  {
    kind: 'stage',
    term: 'Customer',
    text: 'Has signed. Sales and marketing look after renewals and what else would help.',
  },
  {
    kind: 'stage',
    term: 'Dormant',
    text: 'Nobody there has answered anything for 180 days. Marketing tries again with something new.',
  },
  { kind: 'tier', term: '1', text: 'Accounts worth a plan of their own: named owner, named people, personal contact.' },
  { kind: 'tier', term: '2', text: 'Accounts worked in small groups with a common need.' },
  { kind: 'tier', term: '3', text: 'All other accounts that fit: reached by campaigns alone.' },
];
