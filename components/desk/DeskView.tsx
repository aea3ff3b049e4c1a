import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { word } from '../../utils/platform/words.ts';
import type { Desk } from '../../utils/view/desk/desk.ts';
import { writeTime } from '../../utils/view/desk/figures.ts';
import { createWaiting } from '../../utils/view/desk/waiting.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { Navigation } from './Navigation.tsx';
import { firstPage, type PageEntry, pages } from './pages.tsx';
import { Empty } from './parts/Empty.tsx';
import { Glyph } from './parts/Glyph.tsx';
import { passed, useKeys } from './parts/keys.ts';
import { NoticeLine } from './parts/NoticeLine.tsx';
import { Skeleton } from './parts/Skeleton.tsx';
import { TitleRow } from './parts/TitleRow.tsx';

const letterMs = 1500;

/** The whole Desk: navigation, the page of the address, and what stands in the way of it. */
export function DeskView({ desk }: { desk: Desk }) {
  const drawn = useRef(new Map<string, ComponentType>());
  const waitsForLetter = useRef(0);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [waiting] = useState(() => createWaiting(desk));
  const entry = pages.find((page) => page.id === desk.address.place.value.page) ?? pages[0];
  const goTo = (letter: string) => {
    const target = pages.find((page) => page.letter === letter);
    // Without a G before it the letter is the page's own.
    if (Date.now() - waitsForLetter.current >= letterMs || !target) return passed;
    waitsForLetter.current = 0;
    return desk.address.go(target.id);
  };
  useKeys({
    '?': () => setHelpOpen(true),
    g: () => {
      waitsForLetter.current = Date.now();
    },
    ...Object.fromEntries(
      pages
        .filter((page) => !['j', 'k', 'n'].includes(page.letter))
        .map((page) => [page.letter, () => goTo(page.letter)]),
    ),
  });
  useEffect(() => {
    document.title = entry ? word('desk_window', word(navKey(entry))) : word('manifest_name');
  }, [entry?.id]);
  // Before the next page asks for anything, which it does once it is drawn.
  useLayoutEffect(() => () => desk.rest(), [entry?.id]);
  // Whom the first page is not for begins with what is.
  const isAstray = desk.connection.value != null && !desk.isMarketer.value && entry?.id === firstPage;
  useEffect(() => {
    if (isAstray) desk.address.go('results');
  }, [isAstray]);
  useEffect(waiting.open, [entry?.id, desk.isMarketer.value]);
  if (!entry) return null;
  return (
    <div class="desk">
      {/* Whoever may not see a page is shown no way to it. */}
      <Navigation
        desk={desk}
        pages={pages.filter((page) => findBarrier(desk, page) === null)}
        waiting={waiting.counts.value}
      />
      <main class="page">
        <Content desk={desk} entry={entry} drawn={drawn.current} />
      </main>
      <NoticeLine desk={desk} />
      {isHelpOpen && <KeyHelp desk={desk} pages={pages} onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

const navKey = (entry: PageEntry) => `desk_nav_${entry.id.replaceAll('-', '_')}`;

function Content({ desk, entry, drawn }: { desk: Desk; entry: PageEntry; drawn: Map<string, ComponentType> }) {
  const connection = desk.connection.value;
  const barrier = findBarrier(desk, entry);
  if (connection === undefined || barrier) {
    return (
      <>
        <TitleRow title={word(barrier ? 'desk_name' : navKey(entry))} />
        <div class="body">{barrier ?? <Skeleton rows={6} waitsFor={word('desk_background')} />}</div>
      </>
    );
  }
  const Page = drawn.get(entry.id) ?? entry.create(desk);
  drawn.set(entry.id, Page);
  return (
    <>
      <Unreachable desk={desk} />
      <Page key={entry.id} />
    </>
  );
}

/** What keeps this person from a page; null when nothing does. */
function findBarrier(desk: Desk, entry: PageEntry) {
  const connection = desk.connection.value;
  if (connection === null || desk.isSignedOut.value) {
    return (
      <Empty
        glyph="plug"
        title={word(connection === null ? 'desk_never_title' : 'desk_signed_out_title')}
        text={word(connection === null ? 'desk_never_text' : 'desk_signed_out_text')}
      >
        <button type="button" class="press first" onClick={desk.tools.openOptions}>
          {word('desk_never_connect')}
        </button>
      </Empty>
    );
  }
  if (connection && !desk.isMarketer.value && !entry.isForEverybody) {
    return (
      <Empty glyph="eye" title={word('desk_rep_title')} text={word('desk_rep_text', connection.session.workspace.name)}>
        <a class="press first" href="#/results">
          {word('desk_nav_results')}
        </a>
        <a class="press" href="#/criteria">
          {word('desk_rep_criteria')}
        </a>
      </Empty>
    );
  }
  return null;
}

/** The store does not answer: what is shown is old, and says how old. */
function Unreachable({ desk }: { desk: Desk }) {
  const since = desk.unreachableSince.value;
  if (since === null) return null;
  return (
    <div class="strip" role="status">
      <Glyph name="warning" />
      <b>{word('desk_unreachable', writeTime(new Date(since)))}</b>
      <span class="soft">{word('desk_unreachable_text')}</span>
      <span class="space" />
      <button type="button" class="press small" onClick={() => desk.refresh()}>
        {word('desk_try_now')}
      </button>
    </div>
  );
}
