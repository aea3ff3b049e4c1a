import { useEffect, useRef, useState } from 'preact/hooks';
import type { CardTalkingPoint } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { writeDay } from '../../utils/view/panel/dates.ts';
import { Button } from '../ui/Button.tsx';
import { InertText } from '../ui/InertText.tsx';
import { safeLink } from '../ui/inert-text.ts';
import { dayInline, wordsLocale } from './wording.ts';

/** What the rows of *Say this* can call. */
export interface PointActions {
  onCopy: (point: CardTalkingPoint) => void;
  onInsert: (point: CardTalkingPoint) => void;
  onJudge: (point: CardTalkingPoint, outcome: 'landed' | 'fell_flat') => void;
  /** A line on what they answered. */
  onSay: (point: CardTalkingPoint) => void;
  /** The row is in view; the function it gives back is called when it no longer is. */
  onSeeing: (point: CardTalkingPoint) => () => void;
}

interface PointProps extends PointActions {
  point: CardTalkingPoint;
  isNew: boolean;
  /** It came while the card was open: it fades in once. */
  hasArrived: boolean;
  canInsert: boolean;
  note: string | null;
  now: number;
}

const outcomes = ['landed', 'fell_flat'] as const;
const knownNotes = new Set(['copied', 'inserted', 'notCopied', 'noDraft']);

/** Tells when a row is in view at least by half, as far as the browser can tell. */
function useSeeing(point: CardTalkingPoint, onSeeing: PointActions['onSeeing']) {
  const row = useRef<HTMLLIElement>(null);
  // A row stands for one point: a redraw with the same point must not start the 3 s again.
  useEffect(() => {
    if (row.current === null || !point.isNew) return;
    let leave: () => void = () => undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        leave();
        if (entries.at(-1)?.isIntersecting) leave = onSeeing(point);
      },
      { threshold: 0.5 },
    );
    observer.observe(row.current);
    return () => {
      leave();
      observer.disconnect();
    };
  }, [point.id, point.isNew]);
  return row;
}

function Note({ note }: { note: string | null }) {
  return (
    <span class="note-line" role="status">
      {note !== null && (knownNotes.has(note) ? word(`panel_point_${note}`) : note)}
    </span>
  );
}

/** One talking point: use it, then say what came of it. */
export function Point({ point, isNew, hasArrived, canInsert, note, now, ...actions }: PointProps) {
  const [isReopened, setReopened] = useState(false);
  const row = useSeeing(point, actions.onSeeing);
  const isUsed = point.usedAt !== null && !isReopened;
  const link = point.link === null ? null : safeLink(point.link);
  return (
    <li ref={row} class={hasArrived ? 'arrived' : undefined}>
      <p>
        {isNew && (
          <>
            <span class="tag">{word('panel_new')}</span>{' '}
          </>
        )}
        <InertText text={point.text} />
      </p>
      {point.whyNow && (
        <p class="small quiet">
          <InertText text={point.whyNow} />
        </p>
      )}
      {link !== null && (
        <p class="small">
          <a href={link} target="_blank" rel="noopener noreferrer nofollow">
            {new URL(link).host}
          </a>
        </p>
      )}
      {isUsed && point.usedAt !== null ? (
        <div class="actions used">
          <button type="button" class="button ghost" title={word('panel_use_again')} onClick={() => setReopened(true)}>
            {word('panel_used', dayInline(point.usedAt, now))}
          </button>
          <Note note={note} />
          {outcomes.map((outcome) => (
            <button
              type="button"
              key={outcome}
              class="button ghost outlined"
              aria-pressed={point.outcome === outcome}
              onClick={() => actions.onJudge(point, outcome)}
            >
              {word(`panel_${outcome}`)}
            </button>
          ))}
          {point.outcome !== null && (
            <button type="button" class="button ghost" onClick={() => actions.onSay(point)}>
              {word('panel_point_say')}
            </button>
          )}
        </div>
      ) : (
        <div class="actions">
          {canInsert && (
            <Button look="ghost" icon="insert" onPress={() => actions.onInsert(point)}>
              {word('panel_insert')}
            </Button>
          )}
          <Button look="ghost" icon="copy" onPress={() => actions.onCopy(point)}>
            {word('panel_copy')}
          </Button>
          <Note note={note} />
          {point.expiresOn !== null && (
            <span class="when">{word('panel_until', writeDay(`${point.expiresOn}T12:00`, now, wordsLocale()))}</span>
          )}
        </div>
      )}
    </li>
  );
}
