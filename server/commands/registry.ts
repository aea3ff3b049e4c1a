import { backupCommand } from './backup.ts';
import type { Command } from './command.ts';
import { eraseCommand } from './erase.ts';
import { importCommand } from './import.ts';
import { inviteCommand } from './invite.ts';
import { personCommand } from './person.ts';
import { restoreCommand } from './restore.ts';
import { rotateKeyCommand } from './rotate-key.ts';
import { serveCommand } from './serve.ts';
import { stopCommand } from './stop.ts';
import { undoImportCommand } from './undo-import.ts';
import { upgradePostgresCommand } from './upgrade-postgres.ts';

/** All subcommands by name. Without a name: `serve`. */
export const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  invite: inviteCommand,
  import: importCommand,
  'undo-import': undoImportCommand,
  person: personCommand,
  erase: eraseCommand,
  'rotate-key': rotateKeyCommand,
  backup: backupCommand,
  restore: restoreCommand,
  stop: stopCommand,
  'upgrade-postgres': upgradePostgresCommand,
};
