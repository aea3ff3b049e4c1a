import { randomUUID } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ImportId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import {
  type DateOrder,
  dateOrderSchema,
  type ImportMapping,
  type SavedMapping,
  zoneSchema,
} from '#contract/mapping.ts';
import { inWorkspace } from '../db/scope.ts';
import { createDiskWatch, type DiskWatch } from '../disk.ts';
import type { Env } from '../env.ts';
import { createLog } from '../log.ts';
import { printFault, printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import type { EncodingName } from '../sources/decode-text.ts';
import { describeImport, showProgress } from '../sources/describe-import.ts';
import { isFull } from '../sources/keep-reserve.ts';
import { isPassing } from '../sources/patience.ts';
import { runImport } from '../sources/run-import.ts';
import { openImport } from '../store/import-job.ts';
import { listMappings } from '../store/import-mapping.ts';
import type { Command, CommandInput } from './command.ts';
import { readWords } from './read-words.ts';
import { type CommandGround, withWorkspace } from './with-workspace.ts';

/** Imports files on the machine of the store. Works beside a running store, whose devices hear of it, and without one. */
export const importCommand: Command = {
  usage: 'import [--dry-run] [--zone Europe/Berlin] [--dates dmy|mdy|ymd] [--mapping NAME] FILE…',
  run: importFiles,
};

async function importFiles({ env, words }: CommandInput): Promise<number> {
  const { files, mapping: name, ...wishes } = readOrder(words);
  return withWorkspace(env, async (opened) => {
    const ground = { ...opened, disk: watchDisk(env) };
    const kept = name === null ? null : await findMapping(ground, name);
    const order = { ...wishes, mapping: kept?.mapping ?? null, mappingName: kept?.name ?? null };
    let failed = 0;
    for (const file of files) {
      if (isFull(ground))
        throw new Refusal(`${fullDisk(env)} ${file} was not imported. Make room, and import it then.`);
      const { status, encoding } = await importFile(ground, order, file);
      if (status.state !== 'done') failed += 1;
      (status.state === 'done' ? printLine : printFault)(describeImport(status, encoding));
    }
    return failed === 0 ? 0 : 1;
  });
}

/** The reserve that a running store keeps is kept here as well; what becomes of it is told in sentences. With DATABASE_URL the disk is another machine's. */
function watchDisk({ databaseUrl, dataDir, diskReserveBytes }: Env): DiskWatch {
  const log = createLog('silent');
  return createDiskWatch({ dir: databaseUrl === null ? dataDir : null, reserveBytes: diskReserveBytes, log });
}

const fullDisk = ({ dataDir }: Env) => `The disk of ${dataDir} is full: nothing is taken in until there is room.`;

/** The mapping that is kept by this name, in whatever case. Throws a `Refusal` that names those there are. */
async function findMapping({ database: { db }, workspaceId }: CommandGround, name: string): Promise<SavedMapping> {
  const saved = await inWorkspace(db, workspaceId, (scope) => listMappings(scope, workspaceId));
  const found = saved.find((each) => each.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found;
  const known = saved.length > 0 ? `There are: ${saved.map((each) => each.name).join(', ')}.` : 'None is kept yet.';
  throw new Refusal(
    `No mapping is kept by the name "${name}". ${known} They are made in the Desk, under Sources. Nothing was imported.`,
  );
}

type Wishes = Pick<Words, 'dryRun' | 'zone' | 'dates'> & { mapping: ImportMapping | null; mappingName: string | null };

async function importFile(
  ground: CommandGround & { disk: DiskWatch },
  wishes: Wishes,
  file: string,
): Promise<{ status: ImportStatus; encoding: EncodingName }> {
  const {
    database: { db, url },
    log,
    workspaceId,
    disk,
  } = ground;
  const id = randomUUID() as ImportId;
  const { size } = statSync(file);
  const job = { id, fileName: basename(file).slice(0, 300), bytes: size, ...wishes, byMember: null, ticket: null };
  await inWorkspace(db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  // A running store looks at the feed each second by itself: nobody needs to be told from here.
  const poke = () => undefined;
  const store = { db, url, log, now: () => new Date(), poke, apart: null, disk };
  const drawing = showProgress(job.fileName, size);
  let encoding: EncodingName = 'utf-8';
  const onEncoding = (name: EncodingName) => {
    encoding = name;
  };
  const { onStaged, onProgress } = drawing;
  const order = { ...store, workspaceId, importId: id, onEncoding, onStaged, onProgress };
  try {
    const status = await runImport(order, createReadStream(file, { highWaterMark: 262_144 }));
    return { status, encoding };
  } catch (cause) {
    if (!isPassing(cause)) throw cause;
    throw new Refusal(
      `${job.fileName}: the store's database could not be reached for two minutes. What is in stays in. Once it is back a running store goes on with the import by itself, and its history says how it ended.`,
      { cause },
    );
  } finally {
    drawing.end();
  }
}

interface Words {
  files: string[];
  dryRun: boolean;
  zone: string | null;
  dates: DateOrder | null;
  /** The name it is kept by. */
  mapping: string | null;
}

const options = {
  'dry-run': { type: 'boolean' },
  zone: { type: 'string' },
  dates: { type: 'string' },
  mapping: { type: 'string' },
} as const;

function readOrder(words: readonly string[]): Words {
  const usage = `Usage: npm run store -- ${importCommand.usage}`;
  const parsed = readWords(importCommand, words, options);
  const { zone = null, dates = null, mapping = null } = parsed.values;
  if (zone !== null && !zoneSchema.safeParse(zone).success)
    throw new Refusal(
      `"${zone}" is no time zone that this machine knows: write it as Europe/Berlin. Nothing was imported.`,
    );
  const order = dateOrderSchema.nullable().safeParse(dates);
  if (!order.success)
    throw new Refusal(
      `"${dates}" is no order of dates: dmy is 20/11/2026, mdy is 11/20/2026, ymd is 2026-11-20. Nothing was imported.`,
    );
  if (parsed.positionals.length === 0) throw new Refusal(`An import needs at least one file. ${usage}`);
  for (const file of parsed.positionals) checkFile(file);
  return { files: parsed.positionals, dryRun: parsed.values['dry-run'] ?? false, zone, dates: order.data, mapping };
}

/** Before anything is imported: a wrong path among several should not leave half of them in. */
function checkFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Refusal(`There is no file ${file}. Nothing was imported.`);
  if (!found.isFile())
    throw new Refusal(`${file} is a folder, not a file. Name the files in it. Nothing was imported.`);
}
