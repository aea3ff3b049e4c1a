import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Score, ScoreReason } from '#contract/score.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { groupReasons, rangeOf, writePoints } from '../../utils/view/panel/reason-rows.ts';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { dayWord } from './wording.ts';

function rowClass(points: number): string {
  if (points === 0) return 'zero';
  return points < 0 ? 'minus' : 'plus';
}

function ReasonRow({ reason, now }: { reason: ScoreReason; now: number }) {
  const label = cleanText(reason.label);
  return (
    <li class={rowClass(reason.points)}>
      <span class="points">{writePoints(reason.points)}</span>
      <span>{reason.count > 1 ? countWord('panel_times', reason.count, label) : label}</span>
      <span class="when">{reason.at === null ? '' : dayWord(reason.at, now)}</span>
    </li>
  );
}

/** What the grade's two signs mean: the values they stand for where the scorecard in force gave this grade, else which is best. */
function GradeMeaning({ score, facts }: { score: Score; facts: WorkspaceFacts | null }) {
  const letter = score.grade.charAt(0);
  const figure = score.grade.charAt(1);
  const isThis = facts?.scorecardVersion === score.scorecardVersion;
  if (!isThis || !facts.fitThresholds || !facts.engagementThresholds)
    return <p class="small quiet">{word('panel_grade_meaning', letter, figure)}</p>;
  const fit = rangeOf('ABCD'.indexOf(letter), facts.fitThresholds);
  const engagement = rangeOf(Number(figure) - 1, facts.engagementThresholds);
  const ranges = [fit.least, fit.most, engagement.least, engagement.most];
  return <p class="small quiet">{word('panel_grade_ranges', letter, figure, ...ranges)}</p>;
}

function Signature({ facts, version, now }: { facts: WorkspaceFacts | null; version: number; now: number }) {
  const isThis = facts !== null && facts.scorecardVersion === version;
  const signers = isThis ? facts.scorecardSignedBy.map(cleanText) : [];
  const text =
    signers.length === 0
      ? word('panel_scorecard', version)
      : word('panel_scorecard_signed', version, signers.join(` ${word('panel_and')} `));
  return (
    <p class="signature">
      <Icon name="sign" />
      <span>{text}</span>
      {isThis && <span class="when">{dayWord(facts.scorecardPublishedAt, now)}</span>}
    </p>
  );
}

/** Why the grade is what it is: points, criterion and date, fit first, down to what did not count and who signed the scorecard. */
export function Reasons({ score, facts, now }: { score: Score; facts: WorkspaceFacts | null; now: number }) {
  return (
    <div class="reasons opens" id="why">
      <GradeMeaning score={score} facts={facts} />
      {groupReasons(score).map((group) => (
        <div key={group.axis}>
          <h2>
            {word(`panel_${group.axis}`)}
            <span>{Math.round(group.total)}</span>
          </h2>
          {group.rows.length === 0 ? (
            <p class="small quiet">{word(`panel_no_${group.axis}`)}</p>
          ) : (
            <ul>
              {group.rows.map((reason, index) => (
                <ReasonRow key={`${reason.criterion} ${index}`} reason={reason} now={now} />
              ))}
            </ul>
          )}
        </div>
      ))}
      <Signature facts={facts} version={score.scorecardVersion} now={now} />
    </div>
  );
}
