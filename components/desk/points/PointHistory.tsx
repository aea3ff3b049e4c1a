import type { Audience, TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { describeAudience } from '../../../utils/view/desk/audience.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import { describeHistory, type FieldChange, type HistoryLine } from '../../../utils/view/desk/point-history.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Skeleton } from '../parts/Skeleton.tsx';

const names = {
  title: 'desk_points_title_field',
  text: 'desk_points_text',
  whyNow: 'desk_points_why',
  link: 'desk_points_link',
  campaign: 'desk_points_campaign',
  owner: 'desk_points_owner',
  startsOn: 'desk_points_starts',
  expiresOn: 'desk_points_ends',
} as const;

/** Who changed what and when, newest first; each version with what came of it. */
export function PointHistory({ desk, model, point }: { desk: Desk; model: TalkingPoints; point: TalkingPointResult }) {
  const events = model.history.value.value;
  if (!events) {
    return model.history.failure.value ? null : (
      <section>
        <Skeleton rows={2} waitsFor={word('desk_points_history')} />
      </section>
    );
  }
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_points_history')}</h2>
      </div>
      <ol class="stack history">
        {describeHistory(events).map((line) => (
          <Line key={line.kind + line.at} desk={desk} model={model} line={line} selectedId={point.id} />
        ))}
      </ol>
    </section>
  );
}

function Line({
  desk,
  model,
  line,
  selectedId,
}: {
  desk: Desk;
  model: TalkingPoints;
  line: HistoryLine;
  selectedId: string;
}) {
  const { version } = line;
  const told = version ? version.landed + version.fellFlat : 0;
  return (
    <li>
      <p class="row line">
        <b>{word(`desk_history_${line.kind}`)}</b>
        <span class="soft cut">
          {cleanText(line.by)} · {writeMoment(line.at)}
        </span>
        <span class="space" />
        {version && told > 0 && (
          <span class="small-text faint whole">
            {told < enough
              ? word('desk_few', told, enough)
              : word('desk_history_landed', writeCount(version.landed), writeCount(told))}
          </span>
        )}
        {version && version.id !== selectedId && (
          <a class="go small-text" href={desk.address.link({ point: version.id, accounts: '' })}>
            {word('desk_history_open')}
          </a>
        )}
      </p>
      {line.changes.map((change) => (
        <Change key={change.field} name={word(names[change.field])} change={change} />
      ))}
      {line.audience && (
        <Change
          name={word('desk_audience')}
          change={{ from: write(model, line.audience.from), to: write(model, line.audience.to) }}
        />
      )}
    </li>
  );
}

const write = (model: TalkingPoints, audience: Audience) =>
  describeAudience(audience, model.choices.value.value, model.named.names.value);

function Change({ name, change }: { name: string; change: Pick<FieldChange, 'from' | 'to'> }) {
  const none = word('desk_history_none');
  return (
    <p class="small-text wrap">
      <span class="faint">{name}</span>{' '}
      <del class="soft">
        <InertText text={change.from || none} />
      </del>{' '}
      <ins>
        <InertText text={change.to || none} />
      </ins>
    </p>
  );
}
