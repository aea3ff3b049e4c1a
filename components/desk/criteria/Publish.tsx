import { useState } from 'preact/hooks';
import type { AnyAgreement } from '#contract/agreement.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Sheet } from '../parts/Sheet.tsx';

/** What publishing waits for, in words; empty when nothing. */
export function describeMissing({ missing }: AnyAgreement): string {
  const [first] = (['change', 'signer', 'marketing', 'sales'] as const).filter((each) => missing.includes(each));
  return first === undefined ? '' : word(`desk_missing_${first}`);
}

/** The draft becomes the scorecard in force, with a reason that everybody reads. Until both sides signed it says what it waits for. */
export function Publish({ model, agreement }: { model: Agreeing; agreement: AnyAgreement }) {
  const next = agreement.inForce.version + 1;
  const waits = describeMissing(agreement);
  const label = word('desk_publish', next);
  if (!agreement.may.publish || model.isUnsaved.value)
    return (
      <>
        <span class="small-text soft whole">{waits}</span>
        <button type="button" class="press" disabled>
          {label}
        </button>
      </>
    );
  return (
    <Sheet label={label} name={label} look="press first">
      {(close) => <Reason label={label} onSay={(reason) => model.publish(reason).then((done) => done && close())} />}
    </Sheet>
  );
}

/** Why, in one field, and the press that does it. */
export function Reason({ label, onSay }: { label: string; onSay: (reason: string) => Promise<unknown> }) {
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await onSay(reason.trim());
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)}>
      <label class="label">
        <span class="name">{word('desk_reason_why')}</span>
        <input
          class="input"
          value={reason}
          maxLength={longest.draftReason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="press first" disabled={isBusy || reason.trim() === ''}>
        <Glyph name="check" isSmall /> {label}
      </button>
    </form>
  );
}
