import { useRef } from 'preact/hooks';
import type { TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCalendarDay, writeCount, writeDay, writePercent } from '../../../utils/view/desk/figures.ts';
import { findStale, readState, type Stale } from '../../../utils/view/desk/point-state.ts';
import { pointSortings } from '../../../utils/view/desk/sort-points.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { useKeys } from '../parts/keys.ts';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { stateGlyphs } from './PointState.tsx';

/** All talking points: those that reps see now, then the others; each with what landed of what was told. */
export function PointList({ desk, model }: { desk: Desk; model: TalkingPoints }) {
  const words = desk.address.place.value.params['find'] ?? '';
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const all = model.points.value.value;
  const { live, others } = model.listed.value;
  const list = (points: readonly TalkingPointResult[]) => (
    <ul>
      <Windowed
        rows={points}
        as="li"
        tall={53}
        selectedId={model.selectedId.value ?? undefined}
        draw={(point, place) => (
          <PointEntry
            key={point.id}
            point={point}
            place={place}
            isSelected={point.id === model.selectedId.value}
            onOpen={() => desk.address.change({ point: point.id, accounts: '' })}
          />
        )}
      />
    </ul>
  );
  return (
    <div class="point-list">
      <div class="row" style={{ padding: '12px 16px 8px' }}>
        <label class="find space">
          <Glyph name="search" />
          <span class="unseen">{word('desk_points_find')}</span>
          <input
            ref={field}
            type="search"
            value={words}
            placeholder={word('desk_find')}
            onInput={(event) => desk.address.change({ find: event.currentTarget.value }, false)}
          />
          <kbd>/</kbd>
        </label>
        <button type="button" class="press tall" onClick={() => model.startFrom(null)}>
          <Glyph name="plus" />
          {word('desk_new')}
        </button>
      </div>
      {!all && (
        <div class="column">
          <Skeleton rows={5} waitsFor={word('desk_points_title')} />
        </div>
      )}
      {all && (
        <>
          <div class="row small-text faint" style={{ padding: '0 16px 6px' }}>
            <h2 class="small-text faint" style={{ fontWeight: 400 }}>
              {word('desk_points_live', live.length)}
            </h2>
            <span class="space" />
            <Select
              name={word('desk_points_sort')}
              value={model.sorting.value}
              options={pointSortings.map((value) => ({ value, text: word(`desk_points_by_${value}`) }))}
              onChoose={(sort) => desk.address.change({ sort: sort === 'newest' ? '' : sort }, false)}
            />
          </div>
          {list(live)}
          {all.length === 0 && (
            <p class="soft" style={{ padding: '8px 16px', borderTop: '1px solid var(--line)' }}>
              {word('desk_points_none')}
            </p>
          )}
          {others.length > 0 && (
            <h2
              class="small-text faint"
              style={{ padding: '14px 16px 6px', borderTop: '1px solid var(--line)', fontWeight: 400 }}
            >
              {word('desk_points_not_live', others.length)}
            </h2>
          )}
          {list(others)}
        </>
      )}
    </div>
  );
}

interface PointEntryProps {
  point: TalkingPointResult;
  place: RowPlace;
  isSelected: boolean;
  onOpen: () => void;
}

function PointEntry({ point, place, isSelected, onOpen }: PointEntryProps) {
  const told = point.landed + point.fellFlat;
  return (
    <li {...place}>
      <button type="button" class="entry" aria-current={isSelected} onClick={onOpen}>
        <span class="row line">
          <span class="cut space" style={{ fontWeight: isSelected ? 600 : 500 }}>
            {cleanText(point.title)}
          </span>
          {told >= enough && <b>{writePercent(point.landed / told)}</b>}
        </span>
        <span class="row small-text soft" style={{ marginTop: '2px', gap: '6px' }}>
          <span class={`whole${point.state === 'live' ? ' strong' : ''}`}>
            <Glyph name={stateGlyphs[readState(point)]} isSmall /> {word(`desk_state_${readState(point)}`)}
          </span>
          <PointHint point={point} />
          {told > 0 && (
            <span class="whole faint">
              {told < enough
                ? word('desk_points_told_few', told, enough)
                : word('desk_points_landed', writeCount(point.landed), writeCount(told))}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

/** The one thing about it that matters now: why it is stale, or since when it holds. */
function PointHint({ point }: { point: TalkingPointResult }) {
  const stale = findStale(point, Date.now());
  if (stale) {
    return (
      <span class="cut weak space">
        <Glyph name="warning" isSmall /> {writeStale(point, stale)}
      </span>
    );
  }
  const text = {
    live: word('desk_points_since', writeDay(point.pushedAt)),
    scheduled: word('desk_points_from', writeCalendarDay(point.startsOn ?? '1970-01-01', false)),
    expired: writeCalendarDay(point.expiresOn ?? '1970-01-01', false),
    paused: writeDay(point.endedAt ?? point.pushedAt),
    edited: writeDay(point.endedAt ?? point.pushedAt),
  }[readState(point)];
  return <span class="cut faint space">{text}</span>;
}

function writeStale(point: TalkingPointResult, stale: Stale): string {
  if (stale === 'flat') return word('desk_points_falls_flat');
  if (stale === 'unused') return word('desk_points_unused');
  return word('desk_points_expires', writeCalendarDay(point.expiresOn ?? '1970-01-01', false));
}
