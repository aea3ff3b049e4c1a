import { type ReadonlySignal, signal } from '@preact/signals';
import { erasedPersonSchema, type HeldPerson, heldPersonSchema, personDataSchema } from '#contract/person.ts';
import type { Clue } from '#contract/sighting.ts';
import { readPersonClue } from '../../identity/person-clue.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** One person's data, being looked after. `clue`: by what they were looked up. */
export interface PersonDesk {
  text: string;
  clue: Clue | null;
  /** Null: nobody was looked up, or the store holds nobody. */
  person: HeldPerson | null;
  /** The store holds nobody by `clue`: they can be kept out all the same. */
  isUnknown: boolean;
  /** Whether erasing waits for a second word: it cannot be undone. */
  isAsking: boolean;
  isBusy: boolean;
  failure: string | null;
}

const empty: PersonDesk = {
  text: '',
  clue: null,
  person: null,
  isUnknown: false,
  isAsking: false,
  isBusy: false,
  failure: null,
};

/** What the store holds on one person: looked up, given out, erased. */
export function createPersons(desk: Desk) {
  const state = signal<PersonDesk>(empty);
  const edit = (change: Partial<PersonDesk>) => {
    state.value = { ...state.value, ...change };
  };

  const request = (what: 'find' | 'export' | 'erase', clue: Clue) => ({
    method: 'POST' as const,
    path: `/v1/desk/persons/${what}`,
    body: { clue },
  });

  return {
    state: state as ReadonlySignal<PersonDesk>,
    type: (text: string) => {
      state.value = { ...empty, text };
    },
    async find(): Promise<void> {
      const clue = readPersonClue(state.value.text);
      if (clue === null) return edit({ failure: word('desk_person_no_clue') });
      edit({ clue, isBusy: true, failure: null, person: null, isUnknown: false, isAsking: false });
      const reply = await desk.ask(request('find', clue), heldPersonSchema.nullable());
      if (reply.ok) edit({ person: reply.value, isUnknown: reply.value === null, isBusy: false });
      else edit({ failure: reply.failure.message, isBusy: false });
    },
    /** Everything that is held, as a file. */
    async keep(): Promise<void> {
      const { clue, person } = state.value;
      if (clue === null || person === null) return;
      const reply = await desk.ask(request('export', clue), personDataSchema);
      if (!reply.ok) return edit({ failure: reply.failure.message });
      desk.tools.save(`baton-person-${person.contactId.slice(0, 8)}.json`, `${JSON.stringify(reply.value, null, 2)}\n`);
    },
    ask: (isAsking: boolean) => edit({ isAsking }),
    async erase(): Promise<void> {
      const { clue, person } = state.value;
      if (clue === null) return;
      edit({ isBusy: true, failure: null });
      const reply = await desk.ask(request('erase', clue), erasedPersonSchema);
      if (!reply.ok) return edit({ isBusy: false, failure: reply.failure.message });
      state.value = empty;
      desk.notify(reply.value.wasKnown ? word('desk_person_erased', person?.name ?? '') : word('desk_person_kept_out'));
    },
  };
}

export type PersonsSection = ReturnType<typeof createPersons>;
