import { useEffect } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Failed } from '../parts/Failed.tsx';
import { passed, useKeys } from '../parts/keys.ts';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { DropZone } from './DropZone.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { JobBox } from './JobBox.tsx';
import { KeptMappings } from './KeptMappings.tsx';
import { KnownTables } from './KnownTables.tsx';

/** Puts the focus on the import that is open, so that the next Tab reaches what can be done with it. */
const focusOpen = () => document.querySelector<HTMLElement>('.history [aria-expanded="true"]')?.focus();

/** Sources: tables brought in by file, tried before they are taken in; what was brought in, and how to take it back. */
export function SourcesPage({ desk, model }: { desk: Desk; model: Sources }) {
  useEffect(model.watch, []);
  useKeys({
    j: () => model.move(1),
    k: () => model.move(-1),
    Enter: () => (model.openId.value === undefined ? passed : focusOpen()),
    Escape: model.close,
  });
  const history = model.history.value.value;
  const failure = model.history.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_sources')}>
        <span class="space" />
        <AsOf at={model.history.asOf.value} />
        <CopyLink desk={desk} />
      </TitleRow>
      <div class="columns sources">
        <div class="column wide">
          <section>
            <DropZone isSmall={model.jobs.value.length > 0} onFiles={(files) => void model.add(files)} />
            <div class="stack jobs">
              {model.jobs.value.map((job) => (
                <JobBox key={job.key} model={model} job={job} />
              ))}
            </div>
          </section>
          {failure && !history && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !history && <Skeleton rows={4} waitsFor={word('desk_history')} />}
          {history && <ImportHistory model={model} />}
        </div>
        <div class="column">
          <KeptMappings model={model.mappings} />
          <KnownTables />
        </div>
      </div>
    </>
  );
}
