import type { Agreement } from '#contract/agreement.ts';
import type { Hindsight, PointSuggestion } from '#contract/hindsight.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { writeCount, writeDay, writePoints } from '../../../utils/view/desk/figures.ts';
import { listOffers, type Offer, writeFigure, writeReach } from '../../../utils/view/desk/hindsight.ts';
import { Glyph } from '../parts/Glyph.tsx';

interface SuggestionProps {
  model: Criteria;
  agreement: Agreement;
  hindsight: Hindsight;
}

/** Points that the labels speak for, to be taken into the draft one by one or all; or what is missing for that, in figures. */
export function Suggestion(props: SuggestionProps) {
  const { suggestion } = props.hindsight;
  return (
    <section aria-labelledby="suggestion">
      {suggestion.kind === 'offered' ? (
        <Offered {...props} suggestion={suggestion} />
      ) : (
        <NotYet missing={suggestion.missing} canEdit={props.agreement.may.edit} />
      )}
      <Blind {...props} />
    </section>
  );
}

type OfferedProps = SuggestionProps & { suggestion: Extract<PointSuggestion, { kind: 'offered' }> };

function Offered({ model, agreement, hindsight, suggestion }: OfferedProps) {
  const { changes, fittedOn, testedOn, mostStep, gain } = suggestion;
  const offers = listOffers(changes, agreement.inForce.body, model.body.value ?? agreement.inForce.body);
  const open = offers.filter(({ standing }) => standing === 'open');
  const taken = offers.filter(({ standing }) => standing === 'taken').length;
  const canEdit = agreement.may.edit && model.clash.value === null;
  const day = (instant: string | null) => (instant === null ? '–' : writeDay(instant));
  return (
    <>
      <div class="heading">
        <h2 id="suggestion">
          {offers.length === 1
            ? word('desk_suggestion_offered_one', taken)
            : word('desk_suggestion_offered', offers.length, taken)}
        </h2>
        <span class="space" />
        {canEdit && open.length > 0 && (
          <button type="button" class="press small" onClick={() => void model.take(open)}>
            {word('desk_suggestion_take_all')}
          </button>
        )}
      </div>
      <p class="small-text soft">
        {word(
          'desk_suggestion_ground',
          day(fittedOn.from),
          day(fittedOn.to),
          hindsight.version,
          mostStep,
          writeCount(fittedOn.outcomes),
          writeCount(fittedOn.verdicts),
        )}{' '}
        {word(
          'desk_suggestion_tested',
          writeCount(testedOn.outcomes),
          day(testedOn.from),
          writeFigure(gain, 3),
          writeReach(gain, 3),
        )}
      </p>
      <ul class="lines">
        {offers.map((offer) => (
          <OfferLine key={offer.criterion} offer={offer} onTake={canEdit ? () => void model.take([offer]) : null} />
        ))}
      </ul>
      {canEdit && <p class="small-text faint">{word('desk_suggestion_signed')}</p>}
    </>
  );
}

function OfferLine({ offer, onTake }: { offer: Offer; onTake: (() => void) | null }) {
  const { label, from, to, low, high, standing, now } = offer;
  return (
    <li class="row">
      <span class="stack-tight">
        <b class="cut">{label}</b>
        <span class="small-text faint">
          {word('desk_suggestion_says', writePoints(Math.round(low)), writePoints(Math.round(high)))}
        </span>
      </span>
      <span class="space" />
      <span class="whole">
        {writePoints(from)} → <b>{writePoints(to)}</b>
      </span>
      <span class="standing">
        {standing === 'taken' && (
          <span class="strong whole">
            <Glyph name="check" isSmall /> {word('desk_suggestion_taken')}
          </span>
        )}
        {standing === 'byHand' && (
          <span class="soft whole">{word('desk_suggestion_by_hand', writePoints(now ?? 0))}</span>
        )}
        {standing === 'gone' && <span class="soft">{word('desk_suggestion_gone')}</span>}
        {(standing === 'open' || standing === 'byHand') && onTake && (
          <button
            type="button"
            class="press small"
            aria-label={word('desk_suggestion_take_name', label, writePoints(to))}
            onClick={onTake}
          >
            {word('desk_suggestion_take')}
          </button>
        )}
      </span>
    </li>
  );
}

type Missing = Extract<PointSuggestion, { kind: 'notYet' }>['missing'];

function NotYet({ missing, canEdit }: { missing: Missing; canEdit: boolean }) {
  return (
    <>
      <div class="heading">
        <h2 id="suggestion">{word('desk_suggestion_not_yet')}</h2>
      </div>
      <ul class="small-text">
        {missing.map((each) => (
          <li key={each.what}>{writeMissing(each)}</li>
        ))}
      </ul>
      {canEdit && <p class="small-text soft">{word('desk_suggestion_hand')}</p>}
    </>
  );
}

function writeMissing(each: Missing[number]): string {
  if (each.what === 'change') return word('desk_missing_points');
  if (each.what === 'improvement')
    return word('desk_missing_improvement', writeFigure(each.suggested, 3), writeFigure(each.inForce, 3));
  return word(`desk_missing_${each.what}`, writeCount(each.have), writeCount(each.need));
}

/** What the labels cannot speak of. */
function Blind({ model, agreement, hindsight }: SuggestionProps) {
  const { unmet, labels } = hindsight;
  const criteria = [...(model.body.value ?? agreement.inForce.body).criteria, ...agreement.inForce.body.criteria];
  const names = unmet.flatMap((id) => criteria.find((each) => each.id === id)?.label ?? []);
  return (
    <>
      {labels.outcomes + labels.verdicts > 0 && names.length > 0 && (
        <p class="small-text faint">{word('desk_hindsight_unmet', names.join(', '))}</p>
      )}
      {labels.leftOut > 0 && (
        <p class="small-text faint">{word('desk_hindsight_left_out', writeCount(labels.leftOut))}</p>
      )}
    </>
  );
}
