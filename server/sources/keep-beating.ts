import { setTimeout as sleep } from 'node:timers/promises';
import { inWorkspace } from '../db/scope.ts';
import { beat, beatEveryMs } from '../store/import-run.ts';
import type { ImportRun } from './import-ground.ts';

/** Says every few seconds that the process lives that works on an import, so that no other one takes it up. Until it is stopped. */
export function keepBeating({ db, workspaceId, importId, runner }: ImportRun): { stop(): void } {
  const stopping = new AbortController();
  const go = async () => {
    while (!stopping.signal.aborted) {
      await sleep(beatEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      // One that fails is made up by the next; that the import is another's by now shows when something is written.
      await inWorkspace(db, workspaceId, (scope) => beat(scope, workspaceId, importId, runner)).catch(() => undefined);
    }
  };
  void go();
  return { stop: () => stopping.abort() };
}
