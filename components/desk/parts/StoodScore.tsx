import type { Score, ScoreReason } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeDay, writePoints, writeSum } from '../../../utils/view/desk/figures.ts';
import { cleanText } from '../../ui/inert-text.ts';

/** A score as it stood: its sum, both axes and what brought the points, with their dates. */
export function StoodScore({ score }: { score: Score }) {
  const axes = [
    { axis: 'fit', title: word('desk_fit', score.grade[0] ?? ''), sum: score.fit },
    { axis: 'engagement', title: word('desk_engagement', score.grade[1] ?? ''), sum: score.engagement },
  ] as const;
  return (
    <>
      <h3 style={{ marginBottom: '4px' }}>
        {word('desk_as_it_stood', score.grade, writeSum(score.points), score.scorecardVersion)}
      </h3>
      <dl class="points-list small-text">
        {axes.map(({ axis, title, sum }) => (
          <>
            <dt class="soft">{title}</dt>
            <dd>
              <b>{writeSum(sum)}</b>
            </dd>
            {score.reasons
              .filter((reason) => reason.axis === axis)
              .map((reason) => (
                <Reason key={reason.criterion + reason.touchId} reason={reason} asOf={score.asOf} />
              ))}
          </>
        ))}
        <dt class="sum">{word('desk_sum')}</dt>
        <dd class="sum">{writeSum(score.points)}</dd>
      </dl>
    </>
  );
}

function Reason({ reason, asOf }: { reason: ScoreReason; asOf: string }) {
  const days =
    reason.at === null ? null : Math.max(0, Math.round((Date.parse(asOf) - Date.parse(reason.at)) / 86_400_000));
  return (
    <>
      <dt class="sub">
        {cleanText(reason.label)}
        {reason.count > 1 && ` × ${reason.count}`}
        {reason.at && (
          <span class="faint">
            {' '}
            {word(
              'desk_reason_dated',
              writeDay(reason.at),
              days === 1 ? word('desk_day_ago') : word('desk_time_days', days ?? 0),
            )}
          </span>
        )}
      </dt>
      <dd>{writePoints(reason.points)}</dd>
    </>
  );
}
