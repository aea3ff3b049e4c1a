import { useEffect, useState } from 'preact/hooks';
import { word } from '../../utils/platform/words.ts';
import type { Desk } from '../../utils/view/desk/desk.ts';
import { writeAgo, writeCount } from '../../utils/view/desk/figures.ts';
import { Mark } from '../ui/Mark.tsx';
import type { PageEntry } from './pages.tsx';
import { Glyph } from './parts/Glyph.tsx';
import { Person } from './parts/Person.tsx';

const groups = [null, 'say', 'listen', 'agree'] as const;

interface NavigationProps {
  desk: Desk;
  pages: readonly PageEntry[];
  /** How much waits for an answer, by page. */
  waiting: Readonly<Record<string, number>>;
}

/** The way to every page there is, and at the foot when the store was last reached and who is signed in. */
export function Navigation({ desk, pages, waiting }: NavigationProps) {
  const session = desk.connection.value?.session;
  const current = desk.address.place.value.page;
  const draw = (page: PageEntry) => (
    <a key={page.id} href={`#/${page.id}`} aria-current={page.id === current ? 'page' : undefined}>
      <Glyph name={page.glyph} />
      <span>{word(`desk_nav_${page.id.replaceAll('-', '_')}`)}</span>
      {(waiting[page.id] ?? 0) > 0 && (
        <span class="amount">
          {writeCount(waiting[page.id] ?? 0)}
          <span class="unseen"> {word('desk_nav_waiting')}</span>
        </span>
      )}
    </a>
  );
  return (
    <nav class="navigation" aria-label={word('desk_nav')}>
      <div class="workspace">
        <Mark size={24} />
        <span class="cut">{session?.workspace.name}</span>
      </div>
      {groups.map((group) => {
        const own = pages.filter((page) => page.group === group);
        return (
          own.length > 0 && (
            <>
              {group && <div class="group">{word(`desk_group_${group}`)}</div>}
              {own.map(draw)}
            </>
          )
        );
      })}
      <div class="foot">
        {pages.filter((page) => page.group === 'foot').map(draw)}
        <Reached desk={desk} />
        {session && (
          <div class="state">
            <Person name={session.member.name} />
            <span class="cut">
              {word('desk_nav_member', session.member.name, word(`desk_role_${session.member.role}`))}
            </span>
          </div>
        )}
      </div>
    </nav>
  );
}

function Reached({ desk }: { desk: Desk }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  const since = desk.unreachableSince.value;
  const at = desk.reachedAt.value;
  if (since === null && at === null) return null;
  return (
    <div class="state">
      <span class={since === null ? 'dot' : 'dot late'} />
      <span>
        {since === null ? word('desk_reached', writeAgo(at ?? now, Math.max(now, at ?? 0))) : word('desk_not_reached')}
      </span>
    </div>
  );
}
