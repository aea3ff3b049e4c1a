/**
 * The longest texts that people write, in letters, spaces around them not counted. A form tells of them and the schemas hold them; alone in this file, so that page
 * scripts know them without schemas.
 */
export const longest = {
  ask: 500,
  askAnswer: 1000,
  /** An insight, and the customer's own words beside it. */
  insight: 4000,
  insightAnswer: 500,
  theme: 60,
  /** The line beside a hand-over, offered or returned. */
  handOverLine: 300,
  /** Of a talking point: as much as a rep reads at a glance. */
  title: 60,
  text: 280,
  whyNow: 120,
  /** A note beside an agreement's draft. */
  draftNote: 2000,
  /** Why a draft is published, sent back, or answered so. */
  draftReason: 500,
} as const;
