import type { PanelStatus } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';

/** What stands in the way of work, if anything does: signed out, lease over, store not reached, or one of the two too old for the other. */
export function describeTrouble(status: PanelStatus): string | null {
  if (status.connection === 'signedOut') return word('status_signed_out');
  if (status.connection === 'leaseEnded') return word('status_lease_ended');
  if (status.connection === 'never') return null;
  if (status.store === 'offline') return word('status_offline');
  if (status.store === 'storeTooOld') return word('status_store_too_old');
  if (status.store === 'extensionTooOld') return word('status_extension_too_old');
  return status.store === 'unreachable' ? word('status_store_silent') : null;
}

/** A line above everything that says what is wrong and what to do; nothing when all is well. */
export function Notice({ status }: { status: PanelStatus }) {
  const trouble = describeTrouble(status);
  return (
    <div class="notice" role="status" hidden={trouble === null}>
      {trouble}
    </div>
  );
}
