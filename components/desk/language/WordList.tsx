import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { WordItem } from '#contract/agreement.ts';
import { foldWord, type SegmentRule, type Segments } from '#contract/common-language.ts';
import { word } from '../../../utils/platform/words.ts';
import { itemPart, listItems } from '../../../utils/scoring/agree/language.ts';
import { listRuleGroups } from '../../../utils/scoring/segment.ts';
import { writeTarget } from '../../../utils/view/desk/criteria-words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { writeRule } from '../../../utils/view/desk/segment-words.ts';
import { draftWord, newWord, readWord, type WordDraft } from '../../../utils/view/desk/word-draft.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';
import type { SaidParts } from './SaidText.tsx';
import { Why } from './Why.tsx';
import { WordFields, WordForm } from './WordForm.tsx';

/** The words of an agreement with what they mean, on how many accounts they stand, and what accounts say that nobody has defined. */
export function WordList(parts: SaidParts) {
  const { model, words, agreement, body, isOpen } = parts;
  const { kind } = words;
  const [form, setForm] = useState<WordDraft | null>(null);
  const items = listItems(kind, body);
  const counts = countsOf(parts);
  const undefinedWords = counts
    ? [...counts].filter(([name]) => !items.some((each) => foldWord(each.name) === name))
    : [];
  const close = () => setForm(null);
  const take = (item: WordItem, was: string | null) => {
    close();
    void words.setWord(item, was);
  };
  const canPropose = !agreement.may.edit;
  const opened = (draft: WordDraft) =>
    isOpen ? (
      <WordForm kind={kind} start={draft} items={items} onDone={take} onCancel={close} />
    ) : (
      <Proposal {...parts} start={draft} onDone={close} />
    );
  const before = new Map(listItems(kind, agreement.inForce.body).map((each) => [itemPart(each.name), each]));
  const hasTools = isOpen || canPropose;
  const columns =
    2 + Number(hasTools) + Number(kind === 'stages') + Number(kind === 'segments') + Number(counts !== null);
  return (
    <>
      {kind === 'segments' && <RulesFirst {...parts} />}
      <table class="agreed-words">
        <caption class="unseen">{word(`desk_words_kind_${kind.replace('-', '_')}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_words_name')}</th>
            <th scope="col">{word('desk_words_definition')}</th>
            {kind === 'stages' && <th scope="col">{word('desk_words_side')}</th>}
            {kind === 'segments' && <th scope="col">{word('desk_words_rules')}</th>}
            {counts && (
              <th scope="col" class="figure">
                {word('desk_words_accounts')}
              </th>
            )}
            {hasTools && (
              <th scope="col">
                <span class="unseen">{word('desk_words_tools')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.length === 0 && (
            <tr>
              <td colSpan={columns} class="soft">
                {word('desk_words_none')}
              </td>
            </tr>
          )}
          {items.map((item, at) => (
            <Fragment key={itemPart(item.name)}>
              <tr
                class={
                  isOpen && JSON.stringify(before.get(itemPart(item.name))) !== JSON.stringify(item) ? 'changed' : ''
                }
              >
                <th scope="row">{kind === 'tiers' ? word('panel_tier', item.name) : cleanText(item.name)}</th>
                <td class="wrap">
                  {item.definition === '' ? (
                    <span class="soft">{word('desk_words_nothing')}</span>
                  ) : (
                    <InertText text={item.definition} />
                  )}
                </td>
                {'side' in item && (
                  <td class="whole">
                    {word(`desk_words_side_${item.side}`)}
                    <span class="small-text faint block">{writeTarget(item.targetDays)}</span>
                  </td>
                )}
                {'rules' in item && (
                  <td class="wrap small-text">
                    <RuleLines groups={listRuleGroups(item)} />
                  </td>
                )}
                {counts && <td class="figure">{writeCount(counts.get(foldWord(item.name)) ?? 0)}</td>}
                {hasTools && (
                  <td class="tools-cell">
                    {isOpen && <Tools {...parts} item={item} at={at} of={items.length} onChange={setForm} />}
                    {canPropose && (
                      <button type="button" class="go small-text" onClick={() => setForm(draftWord(item))}>
                        {word('desk_words_propose')}
                      </button>
                    )}
                  </td>
                )}
              </tr>
              {form !== null && form.was === item.name && (
                <tr class="opened">
                  <td colSpan={columns}>{opened(form)}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {form?.was === null && opened(form)}
      {(isOpen || canPropose) && form?.was !== null && (
        <button type="button" class="go small-text" onClick={() => setForm(newWord())}>
          <Glyph name="plus" isSmall /> {word(`desk_words_add_${kind.replace('-', '_')}`)}
        </button>
      )}
      {undefinedWords.length > 0 && (
        <section>
          <div class="heading">
            <h2>{word('desk_words_undefined')}</h2>
          </div>
          <ul class="lines">
            {undefinedWords.slice(0, 20).map(([name, accounts]) => (
              <li key={name} class="row">
                <span class="cut">{cleanText(spelledIn(parts, name))}</span>
                <span class="small-text faint">{word('desk_words_on_accounts', writeCount(accounts))}</span>
                <span class="space" />
                {isOpen && (
                  <button type="button" class="press small" onClick={() => setForm(newWord(spelledIn(parts, name)))}>
                    {word('desk_words_define')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {model.choices.failure.value && <p class="small-text faint">{word('desk_words_no_counts')}</p>}
    </>
  );
}

/** What accounts of a segment pass: a line a rule, and where another group begins “or”. */
function RuleLines({ groups }: { groups: readonly (readonly SegmentRule[])[] }) {
  if (groups.length === 0) return <span class="soft">{word('desk_words_no_rules')}</span>;
  return (
    <>
      {groups.map((rules, at) => (
        <Fragment key={JSON.stringify(rules)}>
          {at > 0 && <b class="block">{word('desk_words_or')}</b>}
          {rules.map((rule) => (
            <span key={JSON.stringify(rule)} class="block">
              {cleanText(writeRule(rule))}
            </span>
          ))}
        </Fragment>
      ))}
    </>
  );
}

const choiceNames = { stages: 'stages', segments: 'segments', tiers: 'tiers' } as const;

function choicesOf({ model, words }: SaidParts) {
  const name = choiceNames[words.kind as keyof typeof choiceNames];
  return name === undefined ? null : (model.choices.value.value?.[name] ?? null);
}

/** On how many accounts each word stands, by the word as it is told from others; null where that is not known, or no account has such words. */
function countsOf(parts: SaidParts): Map<string, number> | null {
  const choices = choicesOf(parts);
  if (choices === null) return null;
  const counts = new Map<string, number>();
  for (const { value, accounts } of choices) counts.set(foldWord(value), (counts.get(foldWord(value)) ?? 0) + accounts);
  return counts;
}

/** A word as most accounts spell it. */
function spelledIn(parts: SaidParts, folded: string): string {
  return choicesOf(parts)?.find(({ value }) => foldWord(value) === folded)?.value ?? folded;
}

interface ToolsProps extends SaidParts {
  item: WordItem;
  at: number;
  of: number;
  onChange: (draft: WordDraft) => void;
}

function Tools({ words, item, at, of, onChange }: ToolsProps) {
  const { name } = item;
  return (
    <span class="tools">
      <button
        type="button"
        class="go small-text"
        aria-label={word('desk_words_change_of', name)}
        onClick={() => onChange(draftWord(item))}
      >
        {word('desk_words_change')}
      </button>
      {([-1, 1] as const).map((step) => (
        <button
          key={step}
          type="button"
          class="go small-text"
          disabled={step < 0 ? at === 0 : at === of - 1}
          aria-label={word(step < 0 ? 'desk_words_up_of' : 'desk_words_down_of', name)}
          onClick={() => void words.move(name, step)}
        >
          {word(step < 0 ? 'desk_words_up' : 'desk_words_down')}
        </button>
      ))}
      <button
        type="button"
        class="go small-text"
        aria-label={word('desk_words_remove_of', name)}
        onClick={() => void words.remove(name)}
      >
        {word('desk_words_remove')}
      </button>
    </span>
  );
}

/** Whose word goes first where an import and a rule say different segments. */
function RulesFirst({ words, body, isOpen }: SaidParts) {
  const { rulesFirst } = body as Segments;
  if (!isOpen) return <p class="rule">{word(rulesFirst ? 'desk_words_rules_first' : 'desk_words_imports_first')}</p>;
  return (
    <fieldset class="row folds rule">
      <legend class="unseen">{word('desk_words_whose')}</legend>
      {[false, true].map((value) => (
        <label key={String(value)} class="row near">
          <input
            type="radio"
            name="rules-first"
            checked={rulesFirst === value}
            onChange={() => void words.setRulesFirst(value)}
          />
          {word(value ? 'desk_words_rules_first' : 'desk_words_imports_first')}
        </label>
      ))}
    </fieldset>
  );
}

function Proposal({ words, body, start, onDone }: SaidParts & { start: WordDraft; onDone: () => void }) {
  const [draft, setDraft] = useState(start);
  const items = listItems(words.kind, body);
  const { item, faults } = readWord(words.kind, draft, items);
  const isSame = JSON.stringify(draft) === JSON.stringify(start);
  return (
    <Why
      isReady={item !== null && !isSame}
      onSend={async (why) => item && words.propose(itemPart(item.name), item, why)}
      onCancel={onDone}
    >
      <WordFields
        kind={words.kind}
        draft={draft}
        faults={isSame ? {} : (faults ?? {})}
        isNamed={start.was !== null}
        onEdit={setDraft}
      />
    </Why>
  );
}
