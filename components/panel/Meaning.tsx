import type { AgreedWords, WorkspaceFacts } from '#contract/bundle.ts';
import { word } from '../../utils/platform/words.ts';
import { InertText } from '../ui/InertText.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { dayInline } from './wording.ts';

/** What a word on the card means, and what else was agreed of it, line by line. */
export interface Defined {
  text: string;
  lines: readonly string[];
  agreed: AgreedWords | undefined;
}

/** The agreement of a kind that is in force; undefined where nobody has signed one. */
export function agreedOn(facts: WorkspaceFacts | null, kind: AgreedWords['kind']): AgreedWords | undefined {
  return facts?.agreed?.find((each) => each.kind === kind && each.signedBy.length > 0);
}

/** The tip of a word: what it means, and below that its agreement's version, who signed it and when. */
export function Meaning({ id, shown, defined, now }: { id: string; shown: string; defined: Defined; now: number }) {
  const { text, lines, agreed } = defined;
  return (
    <div id={id} role="tooltip" class="definition">
      <p>
        <b>{shown}</b> <InertText text={text} />
      </p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {agreed && (
        <p class="quiet">
          {word(
            'panel_agreed',
            agreed.version,
            agreed.signedBy.map(cleanText).join(` ${word('panel_and')} `),
            dayInline(agreed.publishedAt, now),
          )}
        </p>
      )}
    </div>
  );
}
