import { useEffect, useRef } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { CriterionFaults } from '../../../utils/view/desk/criterion-draft.ts';
import { mostGroups, newRule, type RuleDraft } from '../../../utils/view/desk/word-draft.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { RuleFields } from './RuleFields.tsx';

interface RuleGroupsProps {
  groups: readonly (readonly RuleDraft[])[];
  faults: readonly (readonly CriterionFaults[])[];
  onEdit: (groups: readonly (readonly RuleDraft[])[]) => void;
}

/** The rules of a segment: an account passes all of one group. Whatever is added has the focus; a group without a rule goes, but for the first. */
export function RuleGroups({ groups, faults, onEdit }: RuleGroupsProps) {
  const place = useRef<HTMLDivElement>(null);
  const added = useRef<string | null>(null);
  useEffect(() => {
    if (added.current === null) return;
    place.current?.querySelector<HTMLElement>(`[data-rule="${added.current}"] select`)?.focus();
    added.current = null;
  });
  const edit = (at: number, rules: readonly RuleDraft[]) =>
    onEdit(rules.length === 0 && at > 0 ? groups.toSpliced(at, 1) : groups.with(at, rules));
  const addRule = (at: number) => {
    added.current = `${at}-${groups[at]?.length ?? 0}`;
    edit(at, [...(groups[at] ?? []), newRule]);
  };
  const addGroup = () => {
    added.current = `${groups.length}-0`;
    onEdit([...groups, [newRule]]);
  };
  return (
    <div ref={place} class="stack">
      {groups.map((rules, at) => (
        <fieldset key={at} class="stack">
          <legend class="name">{word(at === 0 ? 'desk_words_rules_all' : 'desk_words_rules_or')}</legend>
          {rules.map((rule, index) => (
            <div key={index} data-rule={`${at}-${index}`}>
              <RuleFields
                rule={rule}
                number={at === 0 ? `${index + 1}` : `${at + 1}.${index + 1}`}
                faults={faults[at]?.[index] ?? {}}
                onEdit={(next) => edit(at, rules.with(index, next))}
                onRemove={() => edit(at, rules.toSpliced(index, 1))}
              />
            </div>
          ))}
          <button
            type="button"
            class="go small-text"
            aria-label={at === 0 ? undefined : word('desk_words_rule_add_to', at + 1)}
            onClick={() => addRule(at)}
          >
            <Glyph name="plus" isSmall /> {word('desk_words_rule_add')}
          </button>
        </fieldset>
      ))}
      {(groups[0]?.length ?? 0) > 0 && groups.length < mostGroups && (
        <button type="button" class="go small-text" onClick={addGroup}>
          <Glyph name="plus" isSmall /> {word('desk_words_group_add')}
        </button>
      )}
    </div>
  );
}
