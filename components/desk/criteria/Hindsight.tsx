import { useEffect } from 'preact/hooks';
import type { Agreement } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { Failed } from '../parts/Failed.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { BackTest } from './BackTest.tsx';
import { Suggestion } from './Suggestion.tsx';

/** So long until it is asked again whether what is worked out is there, in milliseconds. */
const askAgainMs = 3000;

/** What the workspace's own past says: points that it speaks for, and how each card would have done. */
export function Hindsight({ model, agreement }: { model: Criteria; agreement: Agreement }) {
  const answer = model.hindsight.value.value;
  const failure = model.hindsight.failure.value;
  useEffect(model.openHindsight, []);
  useEffect(() => {
    if (answer === null || answer.isCurrent) return;
    const timer = setTimeout(() => void model.hindsight.reload(), askAgainMs);
    return () => clearTimeout(timer);
  }, [answer]);
  if (failure && !answer?.hindsight) return <Failed failure={failure} onRetry={() => void model.hindsight.reload()} />;
  if (!answer?.hindsight) return <Skeleton rows={4} waitsFor={word('desk_hindsight')} />;
  return (
    <>
      <Suggestion model={model} agreement={agreement} hindsight={answer.hindsight} />
      <BackTest agreement={agreement} hindsight={answer.hindsight} isCurrent={answer.isCurrent} />
    </>
  );
}
