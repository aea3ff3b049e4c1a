import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApp } from '../app.ts';
import { placeBackup } from '../backup/take-backup.ts';
import type { OpenDatabase } from '../db/open.ts';
import { makeWalAhead } from '../db/wal-ahead.ts';
import type { Deps } from '../deps.ts';
import { createDiskWatch } from '../disk.ts';
import { type Env, isLoopback } from '../env.ts';
import { welcomeFirstAdmin } from '../first-run.ts';
import { createRateLimits } from '../limits/rate-limits.ts';
import { closeServer, takePort } from '../listen.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { serveMetrics } from '../metrics-server.ts';
import { placeErasedList, writeErasedList } from '../persons/erased-list.ts';
import { printLine } from '../print.ts';
import { type ScoreWatch, watchScores } from '../scores/watch-scores.ts';
import { watchSegments } from '../segments/assign-accounts.ts';
import { toImportGround } from '../sources/import-ground.ts';
import { type ImportWatch, watchImports } from '../sources/watch-imports.ts';
import { listWorkspaces } from '../store/tenant.ts';
import { createAskers } from '../sync/askers.ts';
import { makePackedDir } from '../sync/packed/packed-dir.ts';
import { createPackedShelf, usualLimits } from '../sync/packed/shelf.ts';
import { createRooms, type Rooms } from '../sync/rooms.ts';
import { createSharedPages } from '../sync/shared-pages.ts';
import { toUpkeepGround } from '../upkeep/upkeep.ts';
import { type UpkeepWatch, watchUpkeep } from '../upkeep/watch-upkeep.ts';
import { watchNode } from '../watch-node.ts';
import type { Command } from './command.ts';
import { openOrMove } from './upgrade-postgres.ts';

/** Runs the store until it is told to stop. */
export const serveCommand: Command = { usage: 'serve', run: ({ env }) => serve(env) };

const noPublicUrl =
  'PUBLIC_URL is not set, so invite links lead to this machine alone. Set it to the https:// address at which people reach this store.';

async function serve(env: Env): Promise<number> {
  const log = createLog(env.logLevel);
  endOnFault(log);
  const stopping = waitForSignal();
  // The port first: a second store by mistake ends here, before it touches the data.
  const { server, port, serve: serveApp } = await takePort(env.host, env.port);
  const publicUrl = env.publicUrl ?? new URL(`http://localhost:${port}`);
  try {
    const database = await openOrMove(env, {
      isServer: true,
      onError: (error) => log.warn({ err: error }, 'trouble with the database'),
    });
    const metrics = createMetrics();
    const rooms = createRooms({ db: database.db, url: database.url, log, now: () => new Date(), metrics });
    let isDraining = false;
    const goingDown = new AbortController();
    const dir = env.databaseUrl === null ? env.dataDir : null;
    const disk = createDiskWatch({ dir, reserveBytes: env.diskReserveBytes, log });
    const thread = { isPreparing: env.isPreparing };
    const packedDir = await makePackedDir(dir);
    const packed = createPackedShelf(
      { db: database.db, url: database.url, thread, log, now: () => new Date(), metrics },
      packedDir.dir,
      { ...usualLimits, mostContacts: env.mostContacts },
    );
    watchNode(metrics, database, rooms, () => isDraining);
    const deps: Deps = {
      db: database.db,
      databaseUrl: database.url,
      apart: thread,
      packed,
      goingDown: goingDown.signal,
      log,
      pokes: rooms,
      live: rooms,
      pulls: { askers: createAskers(database.db), pages: createSharedPages() },
      metrics,
      disk,
      publicUrl,
      now: () => new Date(),
      isDraining: () => isDraining,
      keepErased: async () =>
        writeErasedList(
          database.db,
          await listWorkspaces(database.owner),
          placeErasedList(placeBackup(null, env.dataDir, new Date())),
        ),
      ...(env.isLimiting ? { limits: createRateLimits({ nowMs: () => performance.now(), proxies: env.proxies }) } : {}),
    };
    let walAhead: Promise<void> = Promise.resolve();
    let imports: ImportWatch | null = null;
    let upkeep: UpkeepWatch | null = null;
    let scores: ScoreWatch | null = null;
    let segments: ReturnType<typeof watchSegments> | null = null;
    try {
      await welcomeFirstAdmin(database, deps, env);
      serveApp(createApp(deps));
      if (env.metrics) await serveMetrics(metrics, env.metrics);
      imports = watchImports(toImportGround(deps), () => listWorkspaces(database.owner));
      upkeep = watchUpkeep(toUpkeepGround(deps), () => listWorkspaces(database.owner));
      const scoring = { ...toUpkeepGround(deps), url: database.url, thread };
      scores = watchScores(scoring, () => listWorkspaces(database.owner));
      segments = watchSegments(deps, () => listWorkspaces(database.owner));
      // Only where there is plenty of room for it.
      const walBytes = Math.min(env.walAheadBytes, (disk.freeBytes() ?? 0) / 4);
      if (dir !== null)
        walAhead = makeWalAhead(database.owner, walBytes, goingDown.signal).catch((err: unknown) =>
          log.warn({ err }, 'the write-ahead log could not be made ready: clicks may wait longer beside an import'),
        );
      printLine(`Baton's store is ready at ${publicUrl.href}`);
      if (!env.publicUrl && !isLoopback(env.host)) printLine(noPublicUrl);
      log.info({ signal: await stopping }, 'going down');
      isDraining = true;
      // Ready no more, but still serving: a load balancer notices before anybody is turned away.
      await sleep(env.drainMs);
    } finally {
      isDraining = true;
      goingDown.abort(new Error('The store goes down.'));
      await packed.close();
      await packedDir.remove();
      await imports?.stop();
      await upkeep?.stop();
      await scores?.stop();
      await segments?.stop();
      await walAhead;
      await drain(log, server, rooms, database);
    }
  } finally {
    server.close();
  }
  log.info('gone');
  return 0;
}

/** Requests that run have so long; then they are cut. */
const finishMs = 10_000;
/** After so long the process ends whatever still holds it. */
const boundMs = 30_000;

/** Streams are told when to come back, requests that run are finished, then the connections and PostgreSQL stop. Takes no longer than half a minute. */
async function drain(log: Logger, server: Server, rooms: Rooms, database: OpenDatabase): Promise<void> {
  const bound = setTimeout(() => {
    log.error('did not come to an end in time; ending anyway');
    process.exit(1);
  }, boundMs);
  await rooms.close();
  await closeServer(server, finishMs);
  await database.close();
  clearTimeout(bound);
}

/** What nobody caught ends the process, after a line in the log that holds no rows: Node by itself would print the error with all that PostgreSQL quotes. */
function endOnFault(log: Logger): void {
  process.once('uncaughtException', (err) => {
    log.fatal({ err }, 'a fault that nobody caught');
    process.exit(1);
  });
}

/** Ctrl-C reaches a program twice when npm stands between: once from the terminal, once handed on. */
const sameSignalMs = 500;

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
