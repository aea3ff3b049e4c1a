import { useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import { type AnyPart, writePart } from '../../../utils/view/desk/criteria-words.ts';

interface ClashesProps {
  model: Pick<Agreeing, 'settle'>;
  clash: { clashes: readonly { part: string; label: string; ours: AnyPart; theirs: AnyPart }[] };
}

/** Somebody saved something else for the same criterion: both are shown, and one is chosen. Nothing is lost until then. */
export function Clashes({ model, clash }: ClashesProps) {
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(clash.clashes.map(({ part }) => part)));
  const choose = (part: string, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(part);
    else next.delete(part);
    setMine(next);
  };
  return (
    <section class="box raised stack" role="alert">
      <h2>{word('desk_clash')}</h2>
      {clash.clashes.map(({ part, label, ours, theirs }) => (
        <fieldset key={part} class="row folds">
          <legend class="unseen">{label}</legend>
          <b>{label}</b>
          <span class="space" />
          {([true, false] as const).map((isMine) => (
            <label key={String(isMine)} class="row near">
              <input
                type="radio"
                name={`clash-${part}`}
                checked={mine.has(part) === isMine}
                onChange={() => choose(part, isMine)}
              />
              {word(isMine ? 'desk_clash_mine' : 'desk_clash_theirs', writePart(isMine ? ours : theirs))}
            </label>
          ))}
        </fieldset>
      ))}
      <button type="button" class="press first" onClick={() => void model.settle(mine)}>
        {word('desk_clash_settle')}
      </button>
    </section>
  );
}
