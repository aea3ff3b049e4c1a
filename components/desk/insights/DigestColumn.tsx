import { useEffect } from 'preact/hooks';
import type { Digest } from '#contract/digest.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { DigestModel } from '../../../utils/view/desk/digest.ts';
import { writeDigestMarkdown } from '../../../utils/view/desk/digest-markdown.ts';
import { Empty } from '../parts/Empty.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { DigestBody } from './DigestBody.tsx';
import { DigestPeriodForm } from './DigestPeriodForm.tsx';
import { KeptDigestList } from './KeptDigestList.tsx';
import { KeptDigestView } from './KeptDigestView.tsx';

/** Field intelligence of a period, beside the stream: as the store holds it now, or as it was kept; to read, to print, to paste. Nobody of the team is named in it. */
export function DigestColumn({ desk, model }: { desk: Desk; model: DigestModel }) {
  const { from, until } = model.period.value;
  const { kept } = model;
  useEffect(model.open, [desk.address.place.value.page, from, until, kept.id.value]);
  const live = model.digest.value.value;
  const shown = kept.id.value === null ? live : (kept.kept.value.value?.digest ?? null);
  const isNone = shown !== null && isEmpty(shown);
  return (
    <aside class="column digest" aria-label={word('desk_digest')}>
      <div class="heading middle">
        <h2>{word('desk_digest')}</h2>
        <span class="space" />
        {shown && !isNone && <Takeaways desk={desk} digest={shown} />}
      </div>
      <KeptDigestList desk={desk} model={kept} />
      {kept.id.value === null ? <LiveDigest model={model} /> : <KeptDigestView desk={desk} model={kept} />}
    </aside>
  );
}

const isEmpty = (digest: Digest) => digest.insights === 0 && digest.verdicts.weak + digest.verdicts.strong === 0;

function LiveDigest({ model }: { model: DigestModel }) {
  const digest = model.digest.value.value;
  const failure = model.digest.failure.value;
  return (
    <>
      <DigestPeriodForm model={model} />
      {failure && !digest && (
        <p class="fault" role="alert">
          {failure.message}
        </p>
      )}
      {!failure && !digest && <Skeleton rows={8} waitsFor={word('desk_digest')} />}
      {digest && isEmpty(digest) && (
        <Empty glyph="quote" title={word('desk_digest_none')} text={word('desk_digest_none_text')} />
      )}
      {digest && !isEmpty(digest) && (
        <>
          <DigestBody digest={digest} />
          <p class="apart no-print">
            <button type="button" class="press small" onClick={() => void model.kept.keep(model.period.value)}>
              {word('desk_kept_keep')}
            </button>
          </p>
        </>
      )}
    </>
  );
}

function Takeaways({ desk, digest }: { desk: Desk; digest: Digest }) {
  const copy = () =>
    desk.tools.copy(writeDigestMarkdown(digest)).then(
      () => desk.notify(word('desk_digest_copied')),
      () => desk.notify(word('desk_digest_not_copied')),
    );
  const save = () => desk.tools.save(`digest-${digest.from}-${digest.until}.md`, writeDigestMarkdown(digest));
  return (
    <span class="row no-print">
      <button type="button" class="press small" onClick={() => globalThis.print()}>
        <Glyph name="print" /> {word('desk_print')}
      </button>
      <button type="button" class="press small" onClick={() => void copy()}>
        {word('desk_digest_copy')}
      </button>
      <button type="button" class="press small bare" onClick={save}>
        <Glyph name="file" /> {word('desk_digest_save')}
      </button>
    </span>
  );
}
