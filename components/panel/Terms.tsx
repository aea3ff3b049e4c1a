import { useState } from 'preact/hooks';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Card } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { InertText } from '../ui/InertText.tsx';
import { cleanText } from '../ui/inert-text.ts';

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

/** The definition agreed for a term; tiers are defined as `1` or as `Tier 1`. Null when none is agreed. */
function define(term: Term, facts: WorkspaceFacts | null): string | null {
  const wanted = [term.term.toLowerCase(), term.shown.toLowerCase()];
  const found = facts?.definitions.find((each) => each.kind === term.kind && wanted.includes(each.term.toLowerCase()));
  return found?.text ?? null;
}

/** Segment, tier and stage. Focus or hover shows the agreed definition; Escape hides it. */
export function Terms({ account, facts }: { account: Card['account']; facts: WorkspaceFacts | null }) {
  const [shown, setShown] = useState<string | null>(null);
  const terms = account === null ? [] : listTerms(account);
  if (terms.length === 0) return null;
  const hide = () => setShown(null);
  const open = terms.find((term) => term.kind === shown);
  const text = open ? define(open, facts) : null;
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
      {open && text !== null && (
        <p id="definition" role="tooltip" class="definition">
          <b>{open.shown}</b> <InertText text={text} />
        </p>
      )}
    </div>
  );
}
