import { computed, effect, untracked } from '@preact/signals';
import { z } from 'zod';
import { type ImportStatus, importStatusSchema } from '#contract/import.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { nameErrorTable, writeErrorTable } from './error-table.ts';
import { createImportJobs, isUnderWay } from './import-jobs.ts';
import { createKeptMappings } from './kept-mappings.ts';
import { rowBeside } from './row-beside.ts';
import { type ImportSorting, importSortings, sortImports } from './sort-imports.ts';
import { ownZone } from './zones.ts';

const watchMs = 1000;

/** The page of sources: files tried and imported, what runs in the store, the history, and mappings kept for the next time. */
export function createSources(desk: Desk) {
  const history = desk.open(z.array(importStatusSchema));
  const mappings = createKeptMappings(desk);
  const params = computed(() => desk.address.place.value.params);
  const sorting = computed(
    (): ImportSorting => importSortings.find((each) => each === params.value['sort']) ?? 'newest',
  );
  /** Imports that were kept, in the order asked for; a trial keeps nothing. */
  const kept = computed(() =>
    sortImports(
      (history.value.value ?? []).filter(({ dryRun, state }) => !dryRun && state !== 'waiting'),
      sorting.value,
    ),
  );
  /** The import that is opened to what it changed; none: undefined. */
  const openId = computed(() => params.value['import']);
  /** Imports whose undoing this page asked for: it says when they are done. */
  const undoing = new Set<string>();

  /** Two readings of one file in two zones would be two sets of touches: what the last import took is proposed before this browser's own. */
  function proposeZone(): string {
    const last = history.value.peek()?.find((each) => !each.dryRun && each.state === 'done' && each.zone !== null);
    return last?.zone ?? ownZone();
  }

  const work = createImportJobs(desk, {
    proposeZone,
    async settled() {
      await Promise.all([history.reload(), mappings.list.reload()]);
    },
  });

  /** While something runs in the store, here or elsewhere, the history is read again and again. Answers how to stop. */
  function watch(): () => void {
    history.show({ method: 'GET', path: '/v1/imports' });
    mappings.open();
    const timer = setInterval(() => {
      if (history.isLoading.peek() || !history.value.peek()?.some(isUnderWay)) return;
      void history.reload();
    }, watchMs);
    return () => clearInterval(timer);
  }

  function tellUndone(imports: readonly ImportStatus[]): void {
    for (const { id, fileName, state, failure, undoNote } of imports) {
      if (state === 'undoing' || !undoing.delete(id)) continue;
      const done = [word('desk_undone', fileName), undoNote].filter(Boolean).join(' ');
      desk.notify(state === 'undone' ? done : (failure ?? word('desk_undo_failed', fileName)));
    }
  }

  // Whatever brought the news: this page's own asking, or a poke that made it read everything again.
  effect(() => {
    const imports = history.value.value ?? [];
    untracked(() => tellUndone(imports));
  });

  return {
    ...work,
    history,
    mappings,
    kept,
    sorting,
    openId,
    /** Opens one, and closes the other; the one that is open: closes it. */
    turn: (id: string) => desk.address.change({ import: id === openId.value ? '' : id }),
    /** Opens the one so many rows further; from none the first. */
    move(step: number) {
      const next = rowBeside(kept.value, openId.value, step);
      if (next) desk.address.change({ import: next.id }, openId.value === undefined);
    },
    close: () => desk.address.change({ import: '' }),
    sort: (by: ImportSorting) => desk.address.change({ sort: by === 'newest' ? '' : by }, false),
    watch,
    ownZone,
    /** Takes back what an import changed. */
    async undo({ id }: ImportStatus): Promise<void> {
      const reply = await desk.ask({ method: 'POST', path: `/v1/imports/${id}/undo` }, importStatusSchema);
      if (reply.ok) {
        undoing.add(id);
        tellUndone([reply.value]);
      } else desk.notify(reply.failure.message);
      await history.reload();
    },
    /** Hands the rows that did not go in over as a file. */
    saveErrors(status: ImportStatus): void {
      const header = [word('desk_error_line'), word('desk_error_column'), word('desk_error_reason')] as const;
      desk.tools.save(nameErrorTable(status), writeErrorTable(status, header));
    },
  };
}

export type Sources = ReturnType<typeof createSources>;
