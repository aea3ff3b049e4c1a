import { useEffect, useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { JobBox } from './JobBox.tsx';

/** Sources: tables brought in by file, tried before they are taken in. */
export function SourcesPage({ desk, model }: { desk: Desk; model: Sources }) {
  useEffect(model.open, []);
  const history = model.history.value.value;
  const failure = model.history.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_sources')}>
        <span class="space" />
        <AsOf at={model.history.asOf.value} />
      </TitleRow>
      <div class="body">
        <div style={{ maxWidth: '960px' }}>
          <section>
            <DropZone onFiles={(files) => void model.add(files)} />
            <div class="stack" style={{ marginTop: '12px' }}>
              {model.jobs.value.map((job) => (
                <JobBox key={job.file.name + job.file.lastModified + job.file.size} model={model} job={job} />
              ))}
            </div>
          </section>
          {failure && !history && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {history && <ImportHistory imports={history} />}
        </div>
      </div>
    </>
  );
}

function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button inside is the first
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <h2>{word('desk_import_title')}</h2>
      <p style={{ maxWidth: '620px' }}>{word('desk_import_text')}</p>
      <label class="press first" style={{ marginTop: '4px' }}>
        <Glyph name="file" />
        {word('desk_import_choose')}
        <input
          class="unseen"
          type="file"
          multiple
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p class="small-text faint">{word('desk_import_hint')}</p>
    </div>
  );
}
