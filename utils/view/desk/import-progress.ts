import type { ImportStatus } from '#contract/import.ts';

/** How far an import is. `share` from 0 to 1; null: nobody knows yet, only that something goes on. */
export interface ImportPhase {
  name: 'sending' | 'reading' | 'taking' | 'undoing';
  share: number | null;
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** First the file is sent, which the store reads as it comes (and takes rows in already), then the rest of its rows goes in. `sent`: bytes that left this browser, null when it is not this one that sends. */
export function findPhase(status: ImportStatus | null, sent: number | null): ImportPhase {
  if (status === null) return { name: 'sending', share: null };
  if (status.state === 'undoing')
    return { name: 'undoing', share: status.rows < status.rowsRead ? clamp(1 - status.rows / status.rowsRead) : null };
  const bytes = status.bytes ?? 0;
  if (status.bytesRead === 0 && sent !== null)
    return { name: 'sending', share: bytes > 0 ? clamp(sent / bytes) : null };
  if (status.bytesRead < bytes) return { name: 'reading', share: clamp(status.bytesRead / bytes) };
  return { name: 'taking', share: status.rowsRead > 0 ? clamp(status.rows / status.rowsRead) : null };
}
