import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { WorkspaceId } from '#contract/ids.ts';
import { createSecret } from '../../server/auth/secret.ts';
import { readPostmaster } from '../../server/db/postmaster.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { startSample } from '../e2e/harness/sample.ts';
import type { RunningStore } from '../e2e/harness/store.ts';
import { atMost, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { type LiveReport, type LiveRequest, readTime } from './live-load.ts';
import { type LiveTab, openLiveTab } from './live-tab.ts';
import { readFamilyCpu, readProcess } from './read-process.ts';
import { fillStore } from './store-load.ts';

const sizes = [1, 100, 1000];
const rounds = 20;
const pauseMs = 700;
/** A third of them gets each talking point. */
const accounts = 300;
const wantedMs = 1000;

/** From a talking point that is pushed to the last of many devices that has pulled it, and to the open mail of a rep among them. Needs a build. */
export const liveBenchmark: Benchmark = {
  name: 'live',
  about: `a talking point pushed → pulled by the last of ${sizes.join(', ')} devices, each listening and pulling when it is poked, and → seen in an open mail in a real browser among them; what the store takes for it. The devices are in a process of their own.`,
  async measure(say, scale) {
    const sample = await startSample({ RATE_LIMIT: 'off' });
    const { store } = sample;
    let tab: LiveTab | null = null;
    try {
      const marketer = await joinStore(await store.invite('marketer', 'marketer@seller.example'), 'Marketer');
      await fillStore(store, marketer, { accounts });
      const tokens = await addDevices(store, marketer.session.workspace.id, Math.max(...sizes));
      tab = await openLiveTab(sample);
      const ground = { store, marketer, tab, turns: Math.max(3, Math.round(rounds * scale)), say };
      const marks: Mark[] = [];
      for (const size of sizes) marks.push(...(await measureSize(ground, tokens.slice(0, size), true)));
      return [...marks, ...(await measureSize(ground, tokens, false))];
    } finally {
      await tab?.close();
      await sample.close();
    }
  },
};

interface Ground {
  store: RunningStore;
  marketer: Device;
  tab: LiveTab;
  turns: number;
  say(line: string): void;
}

/** So many reps, each with one signed-in browser. Answers the browsers' tokens. */
async function addDevices(store: RunningStore, workspaceId: WorkspaceId, count: number): Promise<string[]> {
  const secrets = Array.from({ length: count }, () => ({ ...createSecret(workspaceId), id: randomUUID() }));
  const ids = secrets.map(({ id }) => id);
  await store.sql(
    `insert into member (workspace_id, id, name, address, role)
     select $1, id, 'Rep ' || n, 'rep-' || n || '@seller.example', 'rep' from unnest($2::uuid[]) with ordinality as each(id, n)`,
    [workspaceId, ids],
  );
  await store.sql(
    `insert into device (workspace_id, id, member_id, token_hash, name, expires_at)
     select $1, id, id, hash, 'Bench', now() + interval '30 days' from unnest($2::uuid[], $3::bytea[]) as each(id, hash)`,
    [workspaceId, ids, secrets.map(({ hash }) => hash)],
  );
  // As the database does by itself within a minute.
  await store.sql('analyze');
  return secrets.map(({ text }) => text);
}

async function measureSize(
  { store, marketer, tab, turns, say }: Ground,
  tokens: string[],
  byStream: boolean,
): Promise<Mark[]> {
  const name = `${tokens.length.toLocaleString('en-US')} ${byStream ? 'devices' : 'devices that ask, without a stream'}`;
  say(`  ${name}`);
  const [head] = await store.sql<{ cursor: string }>(
    `select seq || '.' || token as cursor from feed_counter where workspace_id = $1`,
    [marketer.session.workspace.id],
  );
  const load = startLoad({
    url: store.url,
    tokens,
    cursor: head?.cursor ?? '',
    keyId: marketer.session.hashing.keyId,
    byStream,
  });
  try {
    await load.next('standing');
    const storePid = store.pid() ?? 0;
    const postgresPid = readPostmaster(join(store.dataDir, 'postgres'))?.pid ?? 0;
    const took = { half: [] as number[], last: [] as number[], tab: [] as number[] };
    let megabytes = 0;
    let loadBefore = (await pushPoint(marketer, load, tab)).seen.cpuSeconds;
    let [loadCpu, storeCpu, postgresCpu] = [0, 0, 0];
    for (let turn = 0; turn < turns; turn++) {
      await sleep(pauseMs + Math.random() * pauseMs);
      const before = { store: readProcess(storePid).cpuSeconds, postgres: readFamilyCpu(postgresPid) };
      const startedAt = readTime();
      const { seen, inTabAt } = await pushPoint(marketer, load, tab);
      if (seen.devices < tokens.length) throw new Error(`Only ${seen.devices} of ${name} have it.`);
      took.half.push(seen.at.half - startedAt);
      took.last.push(seen.at.last - startedAt);
      took.tab.push(inTabAt - startedAt);
      loadCpu += seen.cpuSeconds - loadBefore;
      loadBefore = seen.cpuSeconds;
      storeCpu += readProcess(storePid).cpuSeconds - before.store;
      postgresCpu += readFamilyCpu(postgresPid) - before.postgres;
      megabytes = Math.max(megabytes, readProcess(storePid).megabytes);
    }
    const isCounted = byStream && tokens.length === Math.max(...sizes);
    const p95 = (what: string, times: number[]) => {
      const value = percentile(times, 0.95);
      return isCounted ? atMost(wantedMs, `${what}, p95`, value, 'ms') : figure(`${what}, p95`, value, 'ms');
    };
    const what = `pushed → pulled by the last of ${name}`;
    const inTab = `pushed → painted in an open mail beside ${name}`;
    return [
      figure(`${inTab}, p50`, percentile(took.tab, 0.5), 'ms'),
      p95(inTab, took.tab),
      figure(`${what}, p50`, percentile(took.last, 0.5), 'ms'),
      p95(what, took.last),
      figure(`${name}: pulled by half of them, p50`, percentile(took.half, 0.5), 'ms'),
      figure(`${name}: the store's CPU a push`, (storeCpu / turns) * 1000, 'ms'),
      figure(`${name}: PostgreSQL's CPU a push`, (postgresCpu / turns) * 1000, 'ms'),
      figure(`${name}: the devices' own CPU a push`, (loadCpu / turns) * 1000, 'ms'),
      figure(`${name}: the store's memory`, megabytes, 'MB'),
    ];
  } finally {
    load.end();
  }
}

/** A talking point to every account of tier 1; answers once the devices have it and the open mail shows it. */
async function pushPoint(marketer: Device, load: Load, tab: LiveTab) {
  const id = randomUUID();
  const text = `Set-up now takes a day, not a week (${id}).`;
  const audience = { segments: [], tiers: [1], stages: [], activeDays: null };
  const more = { whyNow: null, link: null, campaignId: null, startsOn: null, expiresOn: null, audience };
  const draft = { id, title: 'Shorter set-up', text, ...more };
  const answer = await marketer.call('/v1/desk/talking-points', asPost(draft));
  if (!answer.ok) throw new Error(`The store refused the talking point: ${await answer.text()}`);
  await answer.arrayBuffer();
  load.ask(id);
  const [seen, inTabAt] = await Promise.all([load.next('seen'), tab.awaitWords(text)]);
  return { seen, inTabAt };
}

interface Load {
  ask(id: string): void;
  /** What it says next, which must be of this kind. Rejects when it ends instead. */
  next<Kind extends LiveReport['kind']>(kind: Kind): Promise<Extract<LiveReport, { kind: Kind }>>;
  end(): void;
}

/** Starts the process of the devices. */
function startLoad(request: LiveRequest): Load {
  const program = fileURLToPath(new URL('./live-load.ts', import.meta.url));
  const child = fork(program, [JSON.stringify(request)], { stdio: 'inherit' });
  return {
    ask: (id) => void child.send(id),
    next<Kind extends LiveReport['kind']>(kind: Kind) {
      const { promise, resolve, reject } = Promise.withResolvers<Extract<LiveReport, { kind: Kind }>>();
      const gone = (code: number | null) =>
        reject(new Error(`The process of the devices ended with exit code ${code}.`));
      child.once('exit', gone);
      child.once('message', (line: LiveReport) => {
        child.off('exit', gone);
        if (line.kind === kind) resolve(line as Extract<LiveReport, { kind: Kind }>);
        else reject(new Error(`The devices said "${line.kind}" instead of "${kind}".`));
      });
      return promise;
    },
    end: () => child.disconnect(),
  };
}
