import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import { word } from '../../utils/platform/words.ts';
import type { VerdictLine } from '../../utils/view/panel/verdict.ts';
import { Icon } from '../ui/Icon.tsx';
import { Levels } from '../ui/Levels.tsx';
import { moveFocus } from './move-focus.ts';
import { strongReasons, weakReasons } from './reasons.ts';
import { reasonWord } from './wording.ts';

interface VerdictButtonsProps {
  line: VerdictLine;
  onPress: (value: VerdictValue) => void;
}

const values = ['weak', 'strong'] as const;

/** Weak on the left, always, and Strong: one size, one border, one ink. */
export function VerdictButtons({ line, onPress }: VerdictButtonsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid cell in every browser we support
    <div class="verdict" role="group" aria-label={word('panel_verdict')}>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          class={`button ${value}`}
          aria-pressed={line.value === value}
          onClick={() => onPress(value)}
        >
          {line.value === value ? <Icon name="check" /> : <Levels isRising={value === 'strong'} />}
          {word(`panel_${value}`)}
        </button>
      ))}
    </div>
  );
}

interface ChipsProps {
  line: VerdictLine;
  onReason: (reason: VerdictReason) => void;
}

/** The reasons, one tap, never preselected. One stop for Tab, arrows inside; a second tap takes back. */
export function ReasonChips({ line, onReason }: ChipsProps) {
  if (!line.isOpen || line.value === null) return null;
  const reasons: readonly VerdictReason[] = line.value === 'weak' ? weakReasons : strongReasons;
  const title = word(`panel_why_${line.value}`);
  // A reason that only a newer extension knows has no chip here; the chips must be reached all the same.
  const stop = reasons.find((each) => each === line.reason) ?? reasons[0];
  return (
    <div class="why opens">
      <p>
        <b>{title}</b>
        <span class="when">{word('panel_reason_optional')}</span>
      </p>
      <div class="chips" role="radiogroup" aria-label={title} onKeyDown={moveFocus}>
        {reasons.map((reason) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be taken back by a second tap
          <button
            type="button"
            class="chip"
            role="radio"
            key={reason}
            aria-checked={line.reason === reason}
            tabIndex={reason === stop ? 0 : -1}
            onClick={() => onReason(reason)}
          >
            {reasonWord(reason)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** What became of the verdict, in one line. Never a word before its fact. */
export function ReceiptLine({ line, onUndo }: { line: VerdictLine; onUndo: () => void }) {
  const isDrawn = line.value !== null || line.receipt !== null || line.problem !== null;
  return (
    <div class={isDrawn ? 'receipt' : 'receipt empty'}>
      <p role="status">
        {line.problem !== null && (
          <span class="failed">
            <Icon name="warning" />
            {word('panel_not_saved', line.problem)}
          </span>
        )}
        {line.problem === null && line.receipt !== null && <ReceiptWords line={line} />}
      </p>
      {line.canUndo && (
        <button type="button" class="button ghost" onClick={onUndo}>
          <Icon name="undo" />
          {word('panel_undo')}
        </button>
      )}
    </div>
  );
}

function ReceiptWords({ line }: { line: VerdictLine }) {
  if (line.receipt === 'refused')
    return (
      <span class="failed" title={line.refusal ?? undefined}>
        <Icon name="warning" />
        {word('panel_receipt_refused', line.refusal ?? '')}
      </span>
    );
  return (
    <>
      <span class="done">
        <Icon name={line.receipt === 'undone' ? 'undo' : 'check'} />
      </span>
      {word(`panel_receipt_${line.receipt}`)}
      {line.receipt === 'saved' && (
        <span class="toward">
          <Icon name="arrow" isSmall />
          {word('panel_receipt_sending')}
        </span>
      )}
      {line.receipt === 'savedOffline' && <span class="toward">{word('panel_receipt_later')}</span>}
    </>
  );
}
