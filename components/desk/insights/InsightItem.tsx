import type { InsightRow } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import type { RowPlace } from '../parts/Windowed.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { FileForm } from './FileForm.tsx';

interface InsightItemProps {
  row: InsightRow;
  place: RowPlace;
  model: Insights;
  isSelected: boolean;
}

/** One insight: who said it where, in which words, and what marketing made of it. */
export function InsightItem({ row, place, model, isSelected }: InsightItemProps) {
  const below = model.openBelow.value?.id === row.id ? model.openBelow.value.what : null;
  const close = () => {
    model.openBelow.value = null;
  };
  return (
    <li {...place} class={isSelected ? 'insight selected' : 'insight'} aria-current={isSelected}>
      <div class="row small-text line">
        <b>{row.account === null ? word('desk_no_account') : cleanText(row.account)}</b>
        <span class="faint">
          {[
            word(`desk_kind_${row.kind}`).toLocaleLowerCase(),
            word(`desk_method_${row.method}`).toLocaleLowerCase(),
            row.importedFrom === null ? cleanText(row.by) : word('desk_insight_imported', cleanText(row.importedFrom)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span class="space" />
        <span class="faint whole">{writeMoment(row.at)}</span>
      </div>
      {row.quote && (
        <blockquote class="said wrap">
          “<InertText text={row.quote} />”
        </blockquote>
      )}
      <p class={row.quote ? 'soft small-text wrap' : 'said wrap'}>
        <InertText text={row.text} />
        {row.contact && <span class="faint"> {word('desk_insight_with', cleanText(row.contact))}</span>}
      </p>
      {row.answer && below !== 'answer' && <Answered row={row} model={model} />}
      {below === 'answer' && <AnswerForm row={row} model={model} onClose={close} />}
      {below === 'file' && <FileForm row={row} model={model} onClose={close} />}
      {below === null && <Actions row={row} model={model} />}
    </li>
  );
}

function Answered({ row, model }: Pick<InsightItemProps, 'row' | 'model'>) {
  if (!row.answer) return null;
  const key = `panel_answer_${row.answer.kind}`;
  const filled = [cleanText(row.answer.by), cleanText(row.answer.text)] as const;
  const said = word(key, ...filled);
  return (
    <p class="answered small-text">
      <span class="wrap">{said === key ? word('panel_answer_other', ...filled) : said}</span>{' '}
      <span class="faint whole">{writeMoment(row.answer.at)}</span>{' '}
      <button type="button" class="go" onClick={() => void model.takeBack(row)}>
        {word('desk_answer_take_back')}
      </button>
    </p>
  );
}

function Actions({ row, model }: Pick<InsightItemProps, 'row' | 'model'>) {
  const open = (what: 'answer' | 'file') => {
    model.openBelow.value = { id: row.id, what };
  };
  return (
    <div class="row small-text acts no-print">
      {row.theme !== null && <span class="chip cut">{cleanText(row.theme)}</span>}
      {row.swot !== null && <span class="chip">{word(`desk_swot_${row.swot}`)}</span>}
      <span class="space" />
      <button type="button" class="go" onClick={() => open('file')}>
        {word(row.theme === null && row.swot === null ? 'desk_insight_file' : 'desk_insight_file_again')}
      </button>
      <button type="button" class="go" onClick={() => open('answer')}>
        {word(row.answer ? 'desk_answer_change' : 'desk_answer')}
      </button>
    </div>
  );
}
