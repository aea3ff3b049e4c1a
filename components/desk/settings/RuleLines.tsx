import type { SitesPage } from '../../../utils/view/desk/sites.ts';
import { Field } from '../parts/Field.tsx';

/** What is wrong at a place of the editor. Of a field that is still empty it is told only once it was tried to save. */
export function faultAt(model: SitesPage, at: string, typed: string): string | undefined {
  if (typed.trim() === '' && !model.isChecked.value) return undefined;
  return model.faults.value.find((fault) => fault.at === at)?.message;
}

interface LinesProps {
  model: SitesPage;
  at: string;
  name: string;
  hint?: string;
  typed: string;
  placeholder?: string;
  onType: (text: string) => void;
}

/** A field that takes one thing a line. */
export function Lines({ model, at, name, hint, typed, placeholder, onType }: LinesProps) {
  const fault = faultAt(model, at, typed);
  return (
    <Field name={name} hint={hint} fault={fault}>
      {(control) => (
        <textarea
          {...control}
          class="input code"
          rows={1}
          spellcheck={false}
          placeholder={placeholder}
          value={typed}
          aria-invalid={fault !== undefined}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
