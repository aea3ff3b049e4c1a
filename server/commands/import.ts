import { randomUUID } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { inWorkspace } from '../db/scope.ts';
import { printFault, printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { describeImport, showProgress } from '../sources/describe-import.ts';
import { runImport } from '../sources/run-import.ts';
import { openImport } from '../store/import-job.ts';
import type { Command, CommandInput } from './command.ts';
import { type CommandGround, withWorkspace } from './with-workspace.ts';

/** Imports files on the machine of the store. Works beside a running store, whose devices hear of it, and without one. */
export const importCommand: Command = { usage: 'import [--dry-run] FILE…', run: importFiles };

async function importFiles({ env, words }: CommandInput): Promise<number> {
  const { files, dryRun } = readWords(words);
  return withWorkspace(env, async (ground) => {
    let failed = 0;
    for (const file of files) {
      const status = await importFile(ground, dryRun, file);
      if (status.state === 'failed') failed += 1;
      (status.state === 'failed' ? printFault : printLine)(describeImport(status));
    }
    return failed === 0 ? 0 : 1;
  });
}

async function importFile(ground: CommandGround, dryRun: boolean, file: string): Promise<ImportStatus> {
  const {
    database: { db, url },
    log,
    workspaceId,
  } = ground;
  const id = randomUUID() as ImportId;
  const { size } = statSync(file);
  const job = { id, fileName: basename(file).slice(0, 300), bytes: size, dryRun, byMember: null, ticket: null };
  await inWorkspace(db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  // A running store looks at the feed each second by itself: nobody needs to be told from here.
  const poke = () => undefined;
  const store = { db, url, log, now: () => new Date(), poke, thread: null };
  const drawing = showProgress(job.fileName, size);
  const order = { ...store, workspaceId, importId: id, onStaged: drawing.onStaged, onProgress: drawing.onProgress };
  const status = await runImport(order, createReadStream(file, { highWaterMark: 262_144 }));
  drawing.end();
  return status;
}

function readWords(words: readonly string[]): { files: string[]; dryRun: boolean } {
  const usage = `Usage: npm run store -- ${importCommand.usage}`;
  let parsed: { values: { 'dry-run'?: boolean }; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], allowPositionals: true, options: { 'dry-run': { type: 'boolean' } } });
  } catch (cause) {
    throw new Refusal(`${(cause as Error).message}. ${usage}`, { cause });
  }
  if (parsed.positionals.length === 0) throw new Refusal(`An import needs at least one file. ${usage}`);
  for (const file of parsed.positionals) checkFile(file);
  return { files: parsed.positionals, dryRun: parsed.values['dry-run'] ?? false };
}

/** Before anything is imported: a wrong path among several should not leave half of them in. */
function checkFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Refusal(`There is no file ${file}. Nothing was imported.`);
  if (!found.isFile())
    throw new Refusal(`${file} is a folder, not a file. Name the files in it. Nothing was imported.`);
}
