import type { Server } from 'node:http';
import { createApp } from '../app.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import type { Deps } from '../deps.ts';
import { type Env, isLoopback } from '../env.ts';
import { welcomeFirstAdmin } from '../first-run.ts';
import { closeServer, takePort } from '../listen.ts';
import { createLog } from '../log.ts';
import { printLine } from '../print.ts';
import { createRooms, type Rooms } from '../sync/rooms.ts';
import type { Command } from './command.ts';

/** Runs the store until it is told to stop. */
export const serveCommand: Command = { usage: 'serve', run: ({ env }) => serve(env) };

const noPublicUrl =
  'PUBLIC_URL is not set, so invite links lead to this machine alone. Set it to the https:// address at which people reach this store.';

async function serve(env: Env): Promise<number> {
  const log = createLog(env.logLevel);
  const stopping = waitForSignal();
  // The port first: a second store by mistake ends here, before it touches the data.
  const { server, port, serve: serveApp } = await takePort(env.host, env.port);
  const publicUrl = env.publicUrl ?? new URL(`http://localhost:${port}`);
  try {
    const database = await openDatabase(env, {
      isServer: true,
      onError: (error) => log.warn({ err: error }, 'trouble with the database'),
    });
    const rooms = createRooms({ db: database.db, url: database.url, log, now: () => new Date() });
    let isDraining = false;
    const deps: Deps = {
      db: database.db,
      databaseUrl: database.url,
      log,
      pokes: rooms,
      live: rooms,
      publicUrl,
      now: () => new Date(),
      isDraining: () => isDraining,
    };
    try {
      await welcomeFirstAdmin(database, deps, env);
      serveApp(createApp(deps));
      printLine(`Baton's store is ready at ${publicUrl.href}`);
      if (!env.publicUrl && !isLoopback(env.host)) printLine(noPublicUrl);
      log.info({ signal: await stopping }, 'going down');
    } finally {
      isDraining = true;
      await drain(server, rooms, database);
    }
  } finally {
    server.close();
  }
  log.info('gone');
  return 0;
}

/** Streams are told when to come back, requests that run are finished, then the connections and PostgreSQL stop. */
async function drain(server: Server, rooms: Rooms, database: OpenDatabase): Promise<void> {
  await rooms.close();
  await closeServer(server, 10_000);
  await database.close();
}

/** Ctrl-C reaches a program twice when npm stands between: once from the terminal, once handed on. */
const sameSignalMs = 2000;

/** The first SIGTERM, SIGINT or SIGHUP (the terminal was closed). Another one later ends the process at once. */
function waitForSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    const hear = (name: NodeJS.Signals) => {
      firstAt ??= Date.now();
      if (Date.now() - firstAt > sameSignalMs) process.exit(1);
      resolve(name);
    };
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, hear);
  });
}
