import type { FieldReport, RuleReport } from '#contract/rule-report.ts';
import { word } from '../../../utils/platform/words.ts';
import { ruleFields } from '../../../utils/view/desk/site-draft.ts';
import { Glyph } from '../parts/Glyph.tsx';

function Value({ found }: { found: FieldReport }) {
  const [problem] = found.problems;
  if (found.value !== null)
    return (
      <>
        <Glyph name="check" isSmall /> <span class="wrap">{found.value}</span>
        {found.place && <code class="small-text faint wrap"> {found.place}</code>}
      </>
    );
  if (problem === undefined) return <span class="faint">{word('desk_try_nothing')}</span>;
  return <span class="weak">{word(`desk_try_problem_${problem.problem}`, problem.place)}</span>;
}

/** What a rule found on an open tab, field by field. */
export function RuleFindings({ report }: { report: RuleReport }) {
  const { state, record, fields, broken } = report;
  return (
    <>
      <p class={`small-text ${state === 'record' ? 'soft' : 'weak'}`}>{word(`desk_try_state_${state}`)}</p>
      <dl class="found">
        {record && (
          <>
            <dt>{word('desk_try_id')}</dt>
            <dd>
              <code>
                {record.object} {record.id}
              </code>
            </dd>
          </>
        )}
        {fields &&
          ruleFields.map((field) => {
            const found = fields[field];
            return (
              found && (
                <>
                  <dt key={field}>{word(`desk_site_field_${field}`)}</dt>
                  <dd>
                    <Value found={found} />
                  </dd>
                </>
              )
            );
          })}
      </dl>
      {broken.length > 0 && (
        <p class="small-text weak">
          {word('desk_try_broken', broken.map((part) => word(`desk_site_part_${part}`)).join(', '))}
        </p>
      )}
    </>
  );
}
