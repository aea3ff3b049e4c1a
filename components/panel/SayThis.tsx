import { useRef } from 'preact/hooks';
import type { CardTalkingPoint } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Point, type PointActions } from './Point.tsx';

interface SayThisProps extends PointActions {
  points: CardTalkingPoint[];
  seen: ReadonlySet<string>;
  note: { id: string; what: string } | null;
  canInsert: boolean;
  now: number;
}

const most = 3;

/** What to say: at most 3 lines that marketing pushed to this account. Nothing is drawn when there are none. */
export function SayThis({ points, seen, note, ...rest }: SayThisProps) {
  // Which points stood here when the card opened: only those that come later fade in.
  const first = useRef<ReadonlySet<string> | null>(null);
  first.current ??= new Set(points.map((point) => point.id));
  if (points.length === 0) return null;
  return (
    <section aria-label={word('panel_say_this')}>
      <div class="heading">
        <h2>{word('panel_say_this')}</h2>
      </div>
      <ul class="points">
        {points.slice(0, most).map((point) => (
          <Point
            key={point.id}
            point={point}
            isNew={point.isNew && !seen.has(point.id)}
            hasArrived={!first.current?.has(point.id)}
            note={note?.id === point.id ? note.what : null}
            {...rest}
          />
        ))}
      </ul>
    </section>
  );
}
