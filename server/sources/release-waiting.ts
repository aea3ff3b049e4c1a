import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { type ImportBatch, importBatch, type Taken } from '../store/import-batch.ts';
import type { Ask } from '../store/import-known.ts';
import { listUnderstood, takeWaiting, type WaitingRow } from '../store/waiting-row.ts';
import { findFormat } from './choose-format.ts';
import { SettledPeople } from './settled-people.ts';

const marksPerLook = 500;
const rowsPerBatch = 1000;

/** What came of one batch of rows that waited. */
type Released = Taken;

interface Release {
  workspaceId: WorkspaceId;
  /** The import that said what the rows waited for: what they bring is its doing. */
  importId: ImportId;
  /** Runs a look in a transaction of its own. */
  read: Ask;
  /** Runs a batch in a transaction of its own, again when it meets an `ImportRace`. Null: there was nothing to take in. */
  takeIn: (work: (scope: Scope, onTaken: OnTaken) => Promise<Released | null>) => Promise<void>;
}

type OnTaken = ImportBatch['onTaken'];

/**
 * Takes in the rows that waited for something that is known by now, in bounded transactions: a kill in between leaves the rest waiting for the end of the next import.
 * To be called when an import's own rows are in.
 */
export async function releaseWaiting(release: Release): Promise<void> {
  let after = '';
  for (;;) {
    const { understood, last } = await release.read((scope) =>
      listUnderstood(scope, release.workspaceId, after, marksPerLook),
    );
    for (const marks of bySystem(understood)) await releaseMarks(release, marks);
    if (last === null) return;
    after = last;
  }
}

/** Marks of one system (`crm:marketo:…`) are awaited by one source's rows: a batch has one format. */
function bySystem(marks: readonly string[]): string[][] {
  const groups = Map.groupBy(marks, (mark) => mark.split(':', 2).join(':'));
  return [...groups.values()];
}

async function releaseMarks(release: Release, marks: readonly string[]): Promise<void> {
  for (let isMore = true; isMore; ) {
    await release.takeIn(async (scope, onTaken) => {
      const rows = await takeWaiting(scope, release.workspaceId, release.importId, marks, rowsPerBatch);
      isMore = rows.length === rowsPerBatch;
      const [first] = rows;
      return first === undefined ? null : takeIn(scope, release, onTaken, rows, first);
    });
  }
}

async function takeIn(
  scope: Scope,
  { workspaceId, importId, read }: Release,
  onTaken: OnTaken,
  rows: readonly WaitingRow[],
  first: WaitingRow,
): Promise<Released> {
  const format = findFormat(first.format, null);
  const records = rows.map(({ record }) => record);
  const told = (taken: Released): Released => ({
    ...taken,
    errors: taken.errors.map((error) => ({
      ...error,
      reason: `A row that waited, in line ${error.line} of its own file: ${error.reason}`.slice(0, 500),
    })),
  });
  return told(
    await importBatch(scope, workspaceId, {
      importId,
      format,
      rows: records,
      ask: read,
      people: new SettledPeople(),
      carried: null,
      areNew: false,
      onTaken: (taken) => onTaken(told(taken)),
    }),
  );
}
