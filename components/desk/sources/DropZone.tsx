import { useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import { Glyph } from '../parts/Glyph.tsx';

interface DropZoneProps {
  /** Files are there already: what can be brought in need not be said again. */
  isSmall: boolean;
  onFiles: (files: File[]) => void;
}

/** Where files are dropped or chosen. */
export function DropZone({ isSmall, onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button inside is the first
    <div
      class={`drop${isOver ? ' over' : ''}${isSmall ? ' small' : ''}`}
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
      {!isSmall && <p style={{ maxWidth: '620px' }}>{word('desk_import_text')}</p>}
      <label class={isSmall ? 'press' : 'press first'}>
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
