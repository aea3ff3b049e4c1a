import { useEffect } from 'preact/hooks';
import type { AnyAgreement, Side } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Person } from '../parts/Person.tsx';

const sides: readonly Side[] = ['marketing', 'sales'];

/** Who signed the draft for which side, and what the reader can sign. Nothing is published without both. */
export function Signatures({ desk, model, agreement }: { desk: Desk; model: Agreeing; agreement: AnyAgreement }) {
  const own = desk.connection.value?.session.member.id;
  const { draft, may, missing } = agreement;
  useEffect(() => {
    const isNamed = agreement.signers.sales.some(({ id }) => id === own);
    const isKnown = draft?.seen.some(({ by }) => by.id === own);
    if (draft && isNamed && !isKnown && document.visibilityState === 'visible') void model.see();
  }, [draft?.id, draft?.revision, own]);
  if (!draft) return null;
  const isUnsaved = model.isUnsaved.value;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_signatures')}</h2>
        <span class="small-text faint">{word('desk_signatures_text')}</span>
      </div>
      <ul class="lines">
        {sides.map((side) => {
          const signed = draft.signatures.find((each) => each.side === side);
          return (
            <li key={side} class="row folds">
              <span class="side soft">{word(`desk_side_${side}`)}</span>
              {signed ? (
                <>
                  <Person name={signed.by.name} />
                  <b class="cut">{signed.by.name}</b>
                  {signed.isArbiter && <span class="small-text faint">{word('desk_arbiter')}</span>}
                  <span class="space" />
                  <span class="strong small-text whole">
                    <Glyph name="check" isSmall /> {word('desk_signed', writeMoment(signed.at))}
                  </span>
                  {signed.by.id === own && (
                    <button type="button" class="go small-text" onClick={() => void model.unsign(side)}>
                      {word('desk_unsign')}
                    </button>
                  )}
                </>
              ) : (
                <>
                  <span class="soft">{whoMaySign(agreement, side)}</span>
                  <span class="space" />
                  {side === 'sales' &&
                    draft.seen
                      .filter(({ by }) => by.id !== own)
                      .map(({ by, at }) => (
                        <span key={by.id} class="small-text soft">
                          <Glyph name="clock" isSmall /> {word('desk_seen_unsigned', by.name, writeMoment(at))}
                        </span>
                      ))}
                  {may.sign.includes(side) && (
                    <button
                      type="button"
                      class="press small"
                      disabled={isUnsaved || missing.includes('change')}
                      onClick={() => void model.sign(side)}
                    >
                      {word('desk_sign', word(`desk_side_${side}`))}
                    </button>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function whoMaySign({ signers }: AnyAgreement, side: Side): string {
  if (side === 'marketing') return word('desk_sign_any_marketer');
  if (signers.sales.length === 0) return word('desk_sign_nobody');
  return word('desk_sign_one_of', signers.sales.map(({ name }) => name).join(', '));
}
