import { useState } from 'preact/hooks';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import { word } from '../../utils/platform/words.ts';
import { agreedOn, type Defined, Meaning } from './Meaning.tsx';

/** What both sides call a qualified lead, and which grades that are; null: nobody agreed on it. */
function defineQualified(facts: WorkspaceFacts | null): Defined | null {
  const agreed = agreedOn(facts, 'qualified');
  if (!agreed?.text) return null;
  const rule = facts?.qualified;
  const lines = rule ? [word('panel_qualified_grades', rule.fit, rule.engagement)] : [];
  return {
    text: agreed.text,
    lines: rule?.handRaise.length ? [...lines, word('panel_qualified_raised')] : lines,
    agreed,
  };
}

/** The grade. Focus or hover shows what both sides call a qualified lead; Escape hides it. */
export function Grade({ grade, facts, now }: { grade: string; facts: WorkspaceFacts | null; now: number }) {
  const [isShown, setShown] = useState(false);
  const defined = defineQualified(facts);
  const sign = (
    <>
      <span class="unseen">{word('panel_grade')} </span>
      {grade}
    </>
  );
  if (defined === null) return <p class="grade">{sign}</p>;
  const hide = () => setShown(false);
  const show = () => setShown(true);
  return (
    <>
      <button
        type="button"
        class="grade explained"
        aria-describedby={isShown ? 'qualified' : undefined}
        onFocus={show}
        onMouseEnter={show}
        onMouseLeave={hide}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {sign}
      </button>
      {isShown && <Meaning id="qualified" shown={word('panel_qualified')} defined={defined} now={now} />}
    </>
  );
}
