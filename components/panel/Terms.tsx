import { useState } from 'preact/hooks';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Card } from '#contract/card.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { writeRules } from '../../utils/view/desk/segment-words.ts';
import { cleanText } from '../ui/inert-text.ts';
import { agreedOn, type Defined, Meaning } from './Meaning.tsx';

interface Term {
  kind: 'segment' | 'tier' | 'stage';
  /** The word itself, as the definitions name it. */
  term: string;
  shown: string;
}

function listTerms(account: NonNullable<Card['account']>): Term[] {
  const terms: Term[] = [];
  if (account.segment) terms.push({ kind: 'segment', term: account.segment, shown: cleanText(account.segment) });
  if (account.tier !== null)
    terms.push({ kind: 'tier', term: String(account.tier), shown: word('panel_tier', account.tier) });
  if (account.stage) terms.push({ kind: 'stage', term: account.stage, shown: cleanText(account.stage) });
  return terms;
}

const agreements = { segment: 'segments', tier: 'tiers', stage: 'stages' } as const;
const sides = { marketing: 'panel_side_marketing', sales: 'panel_side_sales', both: 'panel_side_both' };

/** The definition agreed for a term; tiers are defined as `1` or as `Tier 1`. Null when none is agreed. */
function define(term: Term, facts: WorkspaceFacts | null): Defined | null {
  const wanted = [term.term.toLowerCase(), term.shown.toLowerCase()];
  const found = facts?.definitions.find((each) => each.kind === term.kind && wanted.includes(each.term.toLowerCase()));
  if (!found) return null;
  const { side, targetDays, rules = [] } = found;
  const lines = [
    ...(side === undefined ? [] : [word(sides[side] ?? 'panel_side_both')]),
    ...(typeof targetDays === 'number' ? [countWord('panel_target_days', targetDays)] : []),
  ];
  return {
    text: found.text,
    lines: [
      ...(lines.length > 1 ? [lines.join(' · ')] : lines),
      ...(rules.length > 0 ? [word('panel_segment_rules', cleanText(writeRules(rules)))] : []),
    ],
    agreed: agreedOn(facts, agreements[term.kind]),
  };
}

interface TermsProps {
  account: Card['account'];
  facts: WorkspaceFacts | null;
  now: number;
}

/** Segment, tier and stage. Focus or hover shows the agreed definition; Escape hides it. */
export function Terms({ account, facts, now }: TermsProps) {
  const [shown, setShown] = useState<string | null>(null);
  const terms = account === null ? [] : listTerms(account);
  if (terms.length === 0) return null;
  const hide = () => setShown(null);
  const open = terms.find((term) => term.kind === shown);
  const defined = open ? define(open, facts) : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the row with the pointer hides the tip; all it does works by focus too
    <div class="terms" onMouseLeave={hide}>
      <ul>
        {terms.map((term) => (
          <li key={term.kind}>
            {define(term, facts) === null ? (
              term.shown
            ) : (
              <button
                type="button"
                class="term"
                aria-describedby={open === term ? 'definition' : undefined}
                onFocus={() => setShown(term.kind)}
                onMouseEnter={() => setShown(term.kind)}
                onBlur={hide}
                onClick={() => setShown(term.kind)}
                onKeyDown={(event) => event.key === 'Escape' && hide()}
              >
                {term.shown}
              </button>
            )}
          </li>
        ))}
      </ul>
      {open && defined !== null && <Meaning id="definition" shown={open.shown} defined={defined} now={now} />}
    </div>
  );
}
