import type { InsightFilter } from '../../server/store/desk-insights.ts';

/** Chooses every insight, newest first. */
export const everyInsight: InsightFilter = {
  kinds: [],
  methods: [],
  themes: [],
  accountId: null,
  words: null,
  days: null,
  order: 'newest',
  after: null,
};
