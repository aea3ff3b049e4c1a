import { useEffect } from 'preact/hooks';
import type { Funnel } from '#contract/funnel.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeDay } from '../../../utils/view/desk/figures.ts';
import { type FunnelModel, figuresOf, funnelPeriods } from '../../../utils/view/desk/funnel.ts';
import { noValue } from '../../../utils/view/desk/place.ts';
import { rowBeside } from '../../../utils/view/desk/row-beside.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { passed, useKeys } from '../parts/keys.ts';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { FunnelPicture } from './FunnelPicture.tsx';
import { SegmentTable } from './SegmentTable.tsx';
import { StageAccounts } from './StageAccounts.tsx';
import { StageTable } from './StageTable.tsx';

/** Funnel: how accounts go from stage to stage, how long they stay, and who stays too long. */
export function FunnelPage({ desk, model }: { desk: Desk; model: FunnelModel }) {
  useEffect(model.open, [desk.address.place.value]);
  const selected = model.selected.value;
  const move = (step: number) => {
    const next = rowBeside(model.listed.rows.value, selected?.id, step);
    if (next) desk.address.change({ account: next.id }, selected === null);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => (selected ? desk.address.go('insights', { account: selected.id }) : passed),
    Escape: () => desk.address.change({ in: '', only: '', order: '', account: '' }),
  });
  const funnel = model.funnel.value.value;
  const failure = model.funnel.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_funnel')}>
        <Period desk={desk} model={model} />
        {funnel && <Segments desk={desk} model={model} funnel={funnel} />}
        <span class="space" />
        <AsOf at={funnel ? Date.parse(funnel.asOf) : null} />
        <CopyLink desk={desk} />
      </TitleRow>
      <div class="columns quality">
        <div class="column wide">
          {failure && !funnel && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !funnel && <Skeleton rows={10} waitsFor={word('desk_nav_funnel')} />}
          {funnel && <Figures desk={desk} model={model} funnel={funnel} />}
        </div>
        <StageAccounts desk={desk} model={model} />
      </div>
    </>
  );
}

function Period({ desk, model }: { desk: Desk; model: FunnelModel }) {
  const text = word(`desk_period_${model.days.value || 'all'}`);
  return (
    <>
      <Select
        name={word('desk_period')}
        value={model.days.value}
        options={funnelPeriods.map((value) => ({ value, text: word(`desk_period_${value || 'all'}`) }))}
        onChoose={(value) => desk.address.change({ days: value === '91' ? '' : value || 'all' })}
      />
      <b class="print-only">{text}</b>
    </>
  );
}

interface PartProps {
  desk: Desk;
  model: FunnelModel;
  funnel: Funnel;
}

function Segments({ desk, model, funnel }: PartProps) {
  const chosen = model.segment.value;
  const known = funnel.segments.map(({ segment }) => ({
    value: segment ?? noValue,
    text: segment === null ? word('desk_no_segment') : cleanText(segment),
  }));
  // A link may name a segment in which nobody is any more.
  const own = chosen !== undefined && !known.some(({ value }) => value === chosen);
  const options = [
    { value: '', text: word('desk_funnel_all_segments') },
    ...known,
    ...(own ? [{ value: chosen, text: cleanText(chosen) }] : []),
  ];
  return (
    <>
      <Select
        name={word('desk_funnel_segment')}
        value={chosen ?? ''}
        options={options}
        onChoose={(segment) => desk.address.change({ segment })}
      />
      <b class="print-only">{options.find(({ value }) => value === (chosen ?? ''))?.text}</b>
    </>
  );
}

function Figures({ desk, model, funnel }: PartProps) {
  const { since, stages, all, outside } = funnel;
  if (since === null && all.every(({ there }) => there === 0)) {
    return (
      <Empty glyph="funnel" title={word('desk_funnel_none')} text={word('desk_funnel_none_text')}>
        <a class="press first" href="#/sources">
          {word('desk_funnel_to_sources')}
        </a>
      </Empty>
    );
  }
  const rows = figuresOf(funnel, model.segment.value);
  const isQuiet = rows.every(({ figures }) => figures.entered === 0);
  const from = model.stage.value ?? stages[0]?.name ?? '';
  return (
    <>
      {!funnel.isAgreed && (
        <p class="small-text soft">
          {word('desk_funnel_not_agreed')}{' '}
          <a class="go no-print" href="#/language">
            {word('desk_funnel_agree')}
          </a>
        </p>
      )}
      {isQuiet ? (
        <Empty
          glyph="funnel"
          title={word('desk_funnel_quiet')}
          text={word('desk_funnel_quiet_text', since === null ? '–' : writeDay(since))}
        />
      ) : (
        <section class="apart">
          <FunnelPicture rows={rows} />
        </section>
      )}
      <StageTable desk={desk} model={model} funnel={funnel} />
      {since !== null && <p class="small-text faint">{word('desk_funnel_since_known', writeDay(since))}</p>}
      {outside.length > 0 && (
        <p class="small-text faint">
          {word(
            'desk_funnel_outside',
            outside.map(({ stage, there }) => `${cleanText(stage)} ${writeCount(there)}`).join(', '),
          )}
        </p>
      )}
      <SegmentTable desk={desk} funnel={funnel} stage={from} />
    </>
  );
}
