import { expect, test } from 'vitest';
import { writeGuide } from './first-run-guide.ts';

const guide = {
  workspace: 'Larkspur Instruments',
  firstAdmin: 'mara@larkspur.example',
  isNamed: false,
  extensions: { chrome: '/srv/baton/.output/chrome-mv3', firefox: '/srv/baton/.output/firefox-mv3', isBuilt: false },
  link: 'https://baton.larkspur.example/join#secret',
};

test('who starts an empty store is told how to get the extension, the link, whom it makes an admin, and what comes then', () => {
  const said = writeGuide(guide);
  for (const words of ['npm run build', guide.extensions.chrome, `${guide.extensions.firefox}/manifest.json`])
    expect(said).toContain(words);
  for (const words of [guide.link, guide.firstAdmin, 'FIRST_ADMIN', '24 hours', 'Sources', 'People'])
    expect(said).toContain(words);
});

test('an extension that is built already is not asked for', () => {
  const said = writeGuide({ ...guide, extensions: { ...guide.extensions, isBuilt: true } });
  expect(said).not.toContain('npm run build');
  expect(said).toContain(guide.extensions.chrome);
});

test('where nobody sits at the terminal the file is named instead of the link', () => {
  const said = writeGuide({ ...guide, link: null, file: '/srv/data/first-invite.txt' });
  expect(said).toContain('/srv/data/first-invite.txt');
  expect(said).not.toContain('/join');
});

test('who named the first admin is not told how to', () => {
  expect(writeGuide({ ...guide, isNamed: true })).not.toContain('FIRST_ADMIN');
});
