import { useEffect, useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';

const widths = ['78%', '64%', '70%', '58%', '66%', '74%', '61%', '69%'];

/** The shape of rows to come. After 3 s it says what it waits for. */
export function Skeleton({ rows, waitsFor }: { rows: number; waitsFor: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 3000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true">
      <p class={isLate ? 'small-text soft' : 'unseen'} role="status">
        {isLate ? word('desk_waits_for', waitsFor) : word('desk_loading')}
      </p>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} style={{ padding: '10px 0', borderTop: '1px solid var(--line)' }}>
          <span class="skeleton" style={{ width: widths[index % widths.length] ?? '60%' }} />
        </div>
      ))}
    </div>
  );
}
