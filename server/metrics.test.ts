import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, type TestStore } from '../test/postgres/store.ts';
import { createApp } from './app.ts';
import { readEnv } from './env.ts';
import { createMetrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { watchNode } from './watch-node.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

describe('a node’s figures', () => {
  test('count requests by route’s pattern, mutations by kind and what came of them, pulls, streams and connections', async () => {
    const metrics = createMetrics();
    const { database, rooms } = store;
    watchNode(metrics, { ...database, close: async () => undefined }, rooms, () => false);
    const app = createApp({ ...store.deps, metrics });
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const cursor = await rep.cursor();
    const headers = { Authorization: `Bearer ${rep.token}`, 'Content-Type': 'application/json' };
    const at = new Date().toISOString();
    const mutations = [
      { sequence: 1, at, kind: 'undoVerdict', body: { verdictId: randomUUID() } },
      { sequence: 2, at, kind: 'a kind of tomorrow', body: {} },
      {
        sequence: 3,
        at,
        kind: 'recordInsight',
        body: {
          insightId: randomUUID(),
          accountId: null,
          contactId: null,
          text: 'Two lines stop a night.',
          quote: null,
          kind: 'customer',
          method: 'interview',
        },
      },
    ];
    for (let time = 0; time < 2; time++)
      await app.request('/v1/push', { method: 'POST', headers, body: JSON.stringify({ mutations }) });
    await app.request(`/v1/pull?after=${cursor}`, { headers });
    await app.request(`/v1/pull?after=9.${randomUUID()}`, { headers });
    await (await app.request('/v1/snapshot', { headers })).text();
    metrics.noteImport({ state: 'done', rows: 10, errorCount: 2, waitingRows: 3 });
    const live = await app.request('/v1/live', { headers });
    const { text } = await metrics.describe();
    await live.body?.cancel();
    for (const line of [
      'baton_http_request_duration_seconds_count{method="POST",route="/v1/push",status="200"} 2',
      'baton_mutations_total{kind="undoVerdict",result="rejected"} 1',
      'baton_mutations_total{kind="unknown",result="rejected"} 1',
      'baton_mutations_total{kind="recordInsight",result="applied"} 1',
      'baton_pulls_total{status="changes"} 1',
      'baton_pulls_total{status="refetch"} 1',
      'baton_snapshots_total{result="whole"} 1',
      'baton_imports_total{state="done"} 1',
      'baton_import_rows_total{result="taken"} 5',
      'baton_live_streams 1',
      `baton_listening ${Number(rooms.isListening())}`,
      'baton_draining 0',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^baton_pool_connections\{state="waiting"\} \d+$/m);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('are served on a port of their own, to whoever has the token where one is asked for', async () => {
    const metrics = createMetrics();
    for (const token of [null, 'figures-for-prometheus']) {
      const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, token });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      expect((await fetch(`${url}/metrics`)).status).toBe(token === null ? 200 : 401);
      const wrong = { Authorization: 'Bearer figures-for-anybody' };
      expect((await fetch(`${url}/metrics`, { headers: wrong })).status).toBe(token === null ? 200 : 401);
      const right = { Authorization: 'Bearer figures-for-prometheus' };
      expect((await fetch(`${url}/metrics`, { headers: right })).status).toBe(200);
      expect((await fetch(`${url}/v1/session`, { headers: right })).status).toBe(404);
      server.close();
    }
    expect((await store.app.request('/metrics')).status).toBe(404);
  });

  test('are not served to others than this machine without a token', () => {
    expect(readEnv({ METRICS_PORT: '9400' }).metrics).toEqual({ host: '127.0.0.1', port: 9400, token: null });
    expect(() => readEnv({ METRICS_PORT: '9400', METRICS_HOST: '0.0.0.0' })).toThrow('METRICS_TOKEN');
    const open = { METRICS_PORT: '9400', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: 'figures-for-prometheus' };
    expect(readEnv(open).metrics?.token).toBe('figures-for-prometheus');
    expect(readEnv({}).metrics).toBeNull();
  });
});
