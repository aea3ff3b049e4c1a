import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueFirstInvite } from './auth/invites.ts';
import { makeDataFolder } from './db/data-folder.ts';
import type { OpenDatabase } from './db/open.ts';
import { inWorkspace } from './db/scope.ts';
import { findServerUser } from './db/server-user.ts';
import type { Deps } from './deps.ts';
import { type Env, unnamedAdmin } from './env.ts';
import { type Guide, writeGuide } from './first-run-guide.ts';
import { printLine } from './print.ts';
import { ensureTenant, takeFirstRunLock } from './store/tenant.ts';
import { createWorkspace, readWorkspace } from './store/workspace.ts';

/**
 * Makes the workspace on the first start, and while nobody has joined, an invite for the first admin on each:
 * printed where a person sits at the terminal, else written to a file for the owner alone. It never goes to a log.
 */
export async function welcomeFirstAdmin(database: OpenDatabase, deps: Deps, env: Env): Promise<void> {
  const workspaceId = await ensureTenant(database.owner);
  const isNew = await inWorkspace(deps.db, workspaceId, async (scope) => {
    await takeFirstRunLock(scope);
    if (await readWorkspace(scope, workspaceId)) return false;
    await createWorkspace(scope, workspaceId, env.workspaceName, deps.now());
    return true;
  });
  if (isNew) deps.log.info({ workspaceId }, 'made the workspace');
  const link = await issueFirstInvite(deps, workspaceId, env.firstAdmin);
  const file = join(env.dataDir, 'first-invite.txt');
  // Taken, or to be made anew: an old one is of no use to anybody. (A mode is given when a file is made.)
  rmSync(file, { force: true });
  if (link === null) return;
  const guide = {
    workspace: env.workspaceName,
    firstAdmin: env.firstAdmin,
    isNamed: env.firstAdmin !== unnamedAdmin,
    extensions: findExtensions(),
  };
  if (process.stdout.isTTY) {
    printLine(writeGuide({ ...guide, link }));
    return;
  }
  makeDataFolder(env.dataDir, findServerUser() !== null);
  writeFileSync(file, `${link}\n`, { mode: 0o600 });
  printLine(writeGuide({ ...guide, link: null, file }));
}

/** Where `npm run build` puts the extension, and whether it has. */
function findExtensions(): Guide['extensions'] {
  const output = fileURLToPath(new URL('../.output', import.meta.url));
  const [chrome, firefox] = [join(output, 'chrome-mv3'), join(output, 'firefox-mv3')];
  return { chrome, firefox, isBuilt: [chrome, firefox].every((each) => existsSync(join(each, 'manifest.json'))) };
}
