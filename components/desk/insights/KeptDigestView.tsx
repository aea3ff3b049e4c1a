import { useState } from 'preact/hooks';
import type { DigestLine } from '#contract/digest.ts';
import { type Swot, swotSchema } from '#contract/insight.ts';
import type { KeptDigest } from '#contract/kept-digest.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeDay, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { KeptDigests } from '../../../utils/view/desk/kept-digests.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { DigestBody } from './DigestBody.tsx';

/** A digest as it was kept: of when and by whom, its lines, and where marketing has moved them since. */
export function KeptDigestView({ desk, model }: { desk: Desk; model: KeptDigests }) {
  const [isMoving, setMoving] = useState(false);
  const kept = model.kept.value.value;
  const failure = model.kept.failure.value;
  const back = (
    <a class="go no-print" href={desk.address.link({ kept: '' })}>
      {word('desk_kept_back')}
    </a>
  );
  if (!kept) {
    if (!failure) return <Skeleton rows={8} waitsFor={word('desk_digest')} />;
    return (
      <Empty glyph="quote" title={word('desk_kept_gone')} text={word('desk_kept_gone_text')}>
        {back}
      </Empty>
    );
  }
  return (
    <>
      <p class="small-text soft apart">
        {kept.madeBy === null
          ? word('desk_kept_by_itself', writeMoment(kept.madeAt))
          : word('desk_kept_by', writeMoment(kept.madeAt), cleanText(kept.madeBy))}
        {'. '}
        {back}
      </p>
      <DigestBody
        digest={kept.digest}
        below={
          isMoving
            ? (line) => <LinePlace kept={kept} line={line} onChoose={(swot) => void model.file(line.id, swot)} />
            : undefined
        }
      />
      <p class="apart no-print">
        <button type="button" class="press small" aria-pressed={isMoving} onClick={() => setMoving(!isMoving)}>
          {word('desk_kept_move')}
        </button>
      </p>
      <Edits kept={kept} />
    </>
  );
}

const sideOf = (kept: KeptDigest, id: string): Swot | null =>
  kept.digest.swot.find(({ lines }) => lines.some((line) => line.id === id))?.swot ?? null;

interface LinePlaceProps {
  kept: KeptDigest;
  line: DigestLine;
  onChoose: (swot: Swot | null) => void;
}

function LinePlace({ kept, line, onChoose }: LinePlaceProps) {
  return (
    <div class="no-print">
      <Select
        name={word('desk_kept_file')}
        value={sideOf(kept, line.id) ?? ''}
        options={[
          { value: '', text: word('desk_kept_nowhere') },
          ...swotSchema.options.map((value) => ({ value, text: word(`desk_digest_${value}`) })),
        ]}
        onChoose={(value) => onChoose(swotSchema.safeParse(value).data ?? null)}
      />
    </div>
  );
}

const nameSide = (swot: Swot | null) => word(swot === null ? 'desk_kept_nowhere' : `desk_digest_${swot}`);

/** What was moved by hand since, with who and when. Printed it names nobody, and is left out. */
function Edits({ kept }: { kept: KeptDigest }) {
  if (kept.edits.length === 0) return null;
  return (
    <section class="no-print">
      <h4>{word('desk_kept_edits')}</h4>
      <ul>
        {kept.edits.map(({ at, by, insightId, from, to }) => (
          <li key={`${at} ${insightId}`} class="small-text">
            {word('desk_kept_edit', nameSide(from), nameSide(to), cleanText(by), writeDay(at))}
          </li>
        ))}
      </ul>
    </section>
  );
}
