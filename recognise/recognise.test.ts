import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWordsOfACase } from '../test/fixtures/pages/case.ts';
import { pageCases } from '../test/fixtures/pages/cases.ts';
import { RecogniseError, readArguments } from './arguments.ts';
import { type Recognised, recognise } from './recognise.ts';

const pages = join(import.meta.dirname, '../test/fixtures/pages');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-recognise-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<Recognised | Recognised[]> {
  return recognise(readArguments(args), folder);
}

async function save(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

describe('npm run recognise', () => {
  it.each(['chromium', 'firefox'])(
    'sees in %s what the saved structures hold, in the manifest’s order',
    async (browser) => {
      const entries = pageCases.map(({ file, url }) => ({ file: join(pages, file), url }));
      const manifest = await save('all.json', JSON.stringify(entries));
      const answers = (await run('--manifest', manifest, '--json', '--browser', browser)) as Recognised[];
      expect(answers.flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(answers.map(({ file, url }) => ({ file, url }))).toEqual(entries);
      expect(answers.map(({ sighting }) => inWordsOfACase(sighting))).toEqual(
        pageCases.map(({ expected }) => expected),
      );
    },
    240_000,
  );

  it.each(['chromium', 'firefox'])(
    'shuts the network for the page in %s: no image, frame, script, refresh or fetch ahead',
    async (browser) => {
      let asked = 0;
      const server = createServer((socket) => {
        asked += 1;
        socket.destroy();
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const html = `<title>Press - me@aldersales.example - Mail</title><base href="${there}/">
      <meta http-equiv="refresh" content="0;url=${there}/refresh"><link rel="stylesheet" href="a.css"><link rel="icon" href="i.ico">
      <link rel="prefetch" href="p.html"><link rel="preload" as="image" href="q.png"><link rel="modulepreload" href="m.js"><link rel="prerender" href="r.html">
      <link rel="manifest" href="m.json"><script type="speculationrules">{"prefetch":[{"source":"list","urls":["${there}/s"]}],"prerender":[{"source":"list","urls":["${there}/t"]}]}</script>
      <script src="s.js"></script><script>navigator.serviceWorker?.register('sw.js'); fetch('f'); new Image().src = 'n.png'; navigator.sendBeacon('b')</script>
      <img src="i.png" srcset="i2.png 2x"><iframe src="frame.html"></iframe><iframe srcdoc="<img src='${there}/in.png'>"></iframe><object data="o"></object><embed src="e">
      <video src="v" poster="w.png" autoplay></video><audio src="a" autoplay></audio><input type="image" src="in.png"><svg><image href="svg.png"/><use href="u.svg#x"/></svg>
      <style>@import "c.css"; @font-face { font-family: F; src: url(f.woff) } body { background: url(bg.png); font-family: F }</style>
      <div role="main"><h2 data-legacy-thread-id="1">Press</h2><div role="list"><div role="listitem"><div class="adn"><span class="gD" email="a@b.example" name="A">A</span></div></div></div></div>`;
      const file = await save(`shut-${browser}.html`, html);
      const answer = (await run(
        file,
        '--url',
        'https://mail.google.com/mail/u/0/',
        '--browser',
        browser,
      )) as Recognised;
      await new Promise((resolve) => setTimeout(resolve, 300));
      server.close();
      expect(answer.sighting?.people.map(({ name }) => name)).toEqual(['A']);
      expect(asked).toBe(0);
    },
    60_000,
  );

  it('answers for every page of a manifest: one that is broken has its error in its place', async () => {
    const html =
      '<title>x - me@aldersales.example - Mail</title><div role="main"><h2 data-legacy-thread-id="1">Press</h2><div role="list"><div role="listitem"><div class="adn"><span class="gD" email="a@b.example" name="Zoë">A</span></div></div></div></div>';
    const url = 'https://mail.google.com/mail/u/0/#inbox';
    await save('good.html', html);
    await writeFile(join(folder, 'western.html'), Buffer.from(html, 'latin1'));
    await writeFile(join(folder, 'wide.html'), Buffer.from(`\ufeff${html}`, 'utf16le'));
    await save('archive.mhtml', 'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n');
    const files = ['good.html', 'nowhere.html', 'archive.mhtml', 'western.html', 'wide.html', 'good.html'];
    const entries = files.map((file, index) => ({
      file,
      url: index === 5 ? 'nonsense' : `${url}/FMfcgzGwHxVbNnMmQqWwEeRrTtY${index}`,
    }));
    const answers = (await run('--manifest', await save('mixed.json', JSON.stringify(entries)))) as Recognised[];
    expect(answers.map(({ sighting }) => sighting?.people[0]?.name ?? null)).toEqual([
      'Zoë',
      null,
      null,
      'Zoë',
      'Zoë',
      null,
    ]);
    expect(answers.map(({ error }) => error ?? '')).toEqual([
      '',
      expect.stringMatching(/no such file/),
      expect.stringMatching(/archive/),
      '',
      '',
      expect.stringMatching(/no web address/),
    ]);
  }, 60_000);

  it('prints the JSON array and nothing else', async () => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), '--manifest', await save('none.json', '[]'), '--json'],
      { env: { ...process.env, INIT_CWD: folder } },
    );
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, JSON.parse(printed)]).toEqual([0, []]);
  });

  it('runs nothing of the page, fetches nothing for it, and still knows what its styles hide', async () => {
    const html = `<title>Press - me@aldersales.example - Mail</title><meta http-equiv="refresh" content="0;url=https://elsewhere.example/">
      <link rel="stylesheet" href="https://elsewhere.example/a.css"><img src="https://elsewhere.example/a.png" onerror="document.body.textContent=''">
      <style>.away { display: none }</style>
      <div hidden><h2 data-legacy-thread-id="2">Old</h2><div role="list"><div role="listitem"><div class="adn"><span class="gD" email="hidden@decoy.example">H</span></div></div></div></div>
      <div class="away"><h2 data-legacy-thread-id="3">Old</h2><div role="list"><div role="listitem"><div class="adn"><span class="gD" email="styled@decoy.example">H</span></div></div></div></div>
      <div role="main"><h2 data-legacy-thread-id="1">Press</h2><div role="list"><div role="listitem"><div class="adn"><span class="gD" email="a@b.example">A</span></div></div></div></div>
      <script>document.querySelector('.gD').setAttribute('email', 'run@decoy.example')</script>`;
    const answer = (await run(
      await save('page.html', html),
      '--url',
      'https://mail.google.com/mail/u/0/',
      '--explain',
    )) as Recognised;
    expect(answer.sighting?.people.map((person) => person.clues)).toEqual([[{ kind: 'email', value: 'a@b.example' }]]);
    expect(answer.signals).toContain('thread');
    expect(answer.url).toBe('https://mail.google.com/mail/u/0/');
  }, 60_000);

  it('reads by a rule from a file, whole site or rule alone', async () => {
    const rule = {
      system: 'kestrel',
      records: [{ object: 'person', isCompany: false, urls: ['/people/{id:number}'] }],
      fields: { email: ['.mail'] },
    };
    const site = { id: 'own-kestrel', name: 'Kestrel', hosts: ['crm.kestrel.example'], rule };
    const page = await save('own.html', '<p class="mail">dana@brightforge.example</p>');
    for (const [file, id] of [
      [await save('rule.json', JSON.stringify(rule)), 'own-rule'],
      [await save('site.json', JSON.stringify(site)), 'own-kestrel'],
    ] as const) {
      const answer = (await run(page, '--url', 'https://crm.kestrel.example/people/7', '--rule', file)) as Recognised;
      expect(answer.sighting).toMatchObject({
        site: id,
        people: [
          {
            clues: [
              { kind: 'crm', value: 'kestrel:person:7' },
              { kind: 'email', value: 'dana@brightforge.example' },
            ],
          },
        ],
      });
    }
  }, 60_000);

  it.each([
    ['{', /is no JSON/],
    ['{"system": "kestrel", "records": [], "fields": {}}', /records: /],
    [
      '{"system": "kestrel", "records": [{"object": "p", "isCompany": false, "urls": ["/p/{id}"]}], "fields": {"email": ["a:has(b)"]}}',
      /fields\.email\.0: is no selector/,
    ],
    ['{"id": "own-x", "name": "X", "hosts": ["x"], "rule": {}}', /hosts\.0: is no host name/],
  ])('answers the rule %s with a sentence that says where', async (text, sentence) => {
    const args = [await save('page.html', 'x'), '--url', 'https://a.example/', '--rule', await save('bad.json', text)];
    const failure = await run(...args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RecogniseError);
    expect((failure as Error).message).toMatch(sentence);
  });

  it.each([
    [['nowhere.html', '--url', 'https://mail.google.com/'], /cannot be read \(there is no such file\)/],
    [['nowhere.html'], /--url/],
    [[], /Name a saved page/],
    [['a.html', '--url', 'mail'], /is no web address/],
    [['a.html', '--nonsense'], /nonsense/],
    [['a.html', '--url', 'https://a.example', '--browser', 'lynx'], /no browser "lynx"/],
    [['--manifest', 'nowhere.json'], /manifest nowhere\.json cannot be read/],
    [['page.html', '--url', 'https://a.example', '--rule', 'nowhere.json'], /rule nowhere\.json cannot be read/],
  ])('answers %j with a sentence', async (args, sentence) => {
    const failure = await run(...args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RecogniseError);
    expect((failure as Error).message).toMatch(sentence);
  });

  it.each([
    ['{', /is no JSON/],
    ['{}', /is no list/],
    ['[{"file": "a.html"}]', /takes a "file" and a "url"/],
  ])('answers the manifest %j with a sentence', async (text, sentence) => {
    const failure = await run('--manifest', await save('bad.json', text)).catch((error: unknown) => error);
    expect((failure as Error).message).toMatch(sentence);
  });
});
