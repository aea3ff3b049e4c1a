import { useState } from 'preact/hooks';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Card } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { Grade } from './Grade.tsx';
import { Reasons } from './Reasons.tsx';
import { Terms } from './Terms.tsx';
import { Trend } from './Trend.tsx';

function Meter({ label, value }: { label: string; value: number }) {
  const whole = Math.round(value);
  return (
    <>
      <dt>{label}</dt>
      <dd class="meter" aria-hidden="true">
        <i style={{ width: `${Math.min(100, Math.max(0, whole))}%` }} />
      </dd>
      <dd class="figure">{whole}</dd>
    </>
  );
}

/** The score of the card's contact: grade, both axes, how engagement moved, and why. */
export function ScoreSection({ card, facts, now }: { card: Card; facts: WorkspaceFacts | null; now: number }) {
  const [isOpen, setOpen] = useState(false);
  if (card.contact === null) return null;
  const { score } = card.contact;
  return (
    <section aria-label={word('panel_score')}>
      <div class="score">
        <Grade grade={score.grade} facts={facts} now={now} />
        <dl class="bars">
          <Meter label={word('panel_fit')} value={score.fit} />
          <Meter label={word('panel_engagement')} value={score.engagement} />
        </dl>
        <div class="trend">
          <Trend trend={score.trend} />
          <button
            type="button"
            class="button ghost"
            aria-expanded={isOpen}
            aria-controls="why"
            onClick={() => setOpen(!isOpen)}
          >
            {word('panel_why', score.grade)}
            <Icon name={isOpen ? 'up' : 'down'} isSmall />
          </button>
        </div>
      </div>
      <Terms account={card.account} facts={facts} now={now} />
      {isOpen && <Reasons score={score} facts={facts} now={now} />}
    </section>
  );
}
