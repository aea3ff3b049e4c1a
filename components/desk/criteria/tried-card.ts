import type { Tried, TriedCard } from '#contract/hindsight.ts';

/** A card that was tried, with what it is called on the page. */
export interface NamedCard extends Tried {
  name: string;
}

/** One neutral, one accent: the draft is what is worked on; what is in force is hollow, the suggestion filled. */
export const looks: Readonly<Record<TriedCard, { tone: 'plain' | 'accent'; dot: 'mark-dot' | 'hollow' }>> = {
  inForce: { tone: 'plain', dot: 'hollow' },
  suggestion: { tone: 'plain', dot: 'mark-dot' },
  draft: { tone: 'accent', dot: 'mark-dot' },
};
