import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPostmaster } from '../../server/db/postmaster.ts';
import { workingRole } from '../../server/db/roles.ts';

/** How the store of that data folder logs in to its PostgreSQL. Throws when none runs there. */
export function readUrl(dataDir: string): string {
  const server = readPostmaster(join(dataDir, 'postgres'));
  if (!server) throw new Error(`No PostgreSQL runs in ${dataDir}.`);
  const { app } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as { app: string };
  return `postgres://${workingRole}:${app}@localhost/postgres?host=${encodeURIComponent(server.socketDir)}&port=${server.port}`;
}
