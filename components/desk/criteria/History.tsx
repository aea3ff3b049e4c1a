import type { AnyAgreement, CardDifference, WordDifference, WordItem } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import { type AnyPart, isWord, listWordChanges, writePart } from '../../../utils/view/desk/criteria-words.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { Reason } from './Publish.tsx';

/** Every version that was in force, newest first: what it changed, why, who signed; and the way back by one. */
export function History({ model, agreement }: { model: Agreeing; agreement: AnyAgreement }) {
  return (
    <ol class="versions">
      {agreement.versions.map((each, at) => (
        <li key={each.version}>
          <div class="row line">
            <h2>{word('desk_version', each.version)}</h2>
            <span class="soft">{each.reason}</span>
            <span class="space" />
            <span class="small-text faint whole">{writeMoment(each.publishedAt)}</span>
            {at === 0 && agreement.may.edit && agreement.versions.length > 1 && (
              <Sheet label={word('desk_revert')} name={word('desk_revert')} look="press small">
                {(close) => (
                  <Reason
                    label={word('desk_revert_to', each.version - 1)}
                    onSay={(reason) => model.revert(each.version, reason).then((done) => done && close())}
                  />
                )}
              </Sheet>
            )}
          </div>
          <Signed version={each} />
          <Differences differences={each.differences} />
        </li>
      ))}
    </ol>
  );
}

function Signed({ version: { by, signatures, revertsTo } }: { version: AnyAgreement['versions'][number] }) {
  const names = signatures.map((each) => word(`desk_signed_for_${each.side}`, each.by.name)).join(' · ');
  return (
    <p class="small-text faint">
      {revertsTo !== null && `${word('desk_version_reverts', revertsTo)} `}
      {by === null ? word('desk_version_first') : word('desk_version_by', by.name)} {names}
    </p>
  );
}

/** What is another one, part by part, as old → new. */
export function Differences({ differences }: { differences: readonly (CardDifference | WordDifference)[] }) {
  return (
    <ul class="differences">
      {differences.map(({ part, label, before, after }) => (
        <li key={part}>
          {label}{' '}
          {isWord(before) && isWord(after) ? (
            <WordChanges before={before} after={after} />
          ) : (
            <span class="soft">{writeChange(before, after)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is another about a word, field by field, the old struck out. */
function WordChanges({ before, after }: { before: WordItem; after: WordItem }) {
  return (
    <dl class="changes">
      {listWordChanges(before, after).map(({ field, was, is }) => (
        <div key={field}>
          <dt class="small-text faint">{field}</dt>
          <dd class="wrap">
            <del class="soft">{was}</del> <ins>{is}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function writeChange(before: AnyPart, after: AnyPart): string {
  if (before === null) return word('desk_change_added', writePart(after));
  if (after === null) return word('desk_change_removed', writePart(before));
  const [was, is] = [writePart(before), writePart(after)];
  return was === is ? word('desk_change_rule') : `${was} → ${is}`;
}
