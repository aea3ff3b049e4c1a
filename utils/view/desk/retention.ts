import { type ReadonlySignal, signal } from '@preact/signals';
import { type RetentionPreview, retentionPreviewSchema, retentionSchema } from '#contract/retention.ts';
import { workspaceSettingsSchema } from '#contract/settings.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** How long touches can be kept one by one, in months; null: for good. */
export const keepChoices = [null, 60, 36, 24, 18, 12, 6] as const;
export type KeepChoice = number | null;

/** What is being chosen, and what would come of it. */
export interface KeepDraft {
  months: KeepChoice;
  /** Null: it is still counted, or nothing would be folded. */
  preview: RetentionPreview | null;
  failure: string | null;
  isBusy: boolean;
}

/** How long touches are kept one by one, chosen with its consequence in view: what became a count stays one. For admins. */
export function createRetention(desk: Desk) {
  const state = desk.open(retentionSchema);
  const draft = signal<KeepDraft | null>(null);

  return {
    state,
    /** Null: nothing is being chosen. */
    draft: draft as ReadonlySignal<KeepDraft | null>,
    open: () => state.show({ method: 'GET', path: '/v1/desk/retention' }),
    leave(): void {
      draft.value = null;
    },
    async choose(months: KeepChoice): Promise<void> {
      if (months === (state.value.peek()?.months ?? null)) {
        draft.value = null;
        return;
      }
      const chosen: KeepDraft = { months, preview: null, failure: null, isBusy: false };
      draft.value = chosen;
      if (months === null) return;
      const path = `/v1/desk/retention/preview?months=${months}`;
      const reply = await desk.ask({ method: 'GET', path }, retentionPreviewSchema);
      // Another choice may have been made meanwhile.
      if (draft.value !== chosen) return;
      draft.value = reply.ok ? { ...chosen, preview: reply.value } : { ...chosen, failure: reply.failure.message };
    },
    async settle(): Promise<void> {
      const chosen = draft.value;
      if (chosen === null) return;
      draft.value = { ...chosen, isBusy: true };
      const request = {
        method: 'PATCH',
        path: '/v1/desk/settings',
        body: { keepTouchesMonths: chosen.months },
      } as const;
      const reply = await desk.ask(request, workspaceSettingsSchema);
      if (!reply.ok) {
        draft.value = { ...chosen, isBusy: false, failure: reply.failure.message };
        return;
      }
      draft.value = null;
      desk.notify(word(chosen.months === null ? 'desk_keep_settled_all' : 'desk_keep_settled'));
      await state.reload();
    },
  };
}

export type RetentionSection = ReturnType<typeof createRetention>;
