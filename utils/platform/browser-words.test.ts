import { expect, test } from 'vitest';
import { rememberWords } from './browser-words.ts';

const words: Record<string, (...places: string[]) => string> = {
  panel_gone: () => 'Baton was updated',
  panel_since: (time) => `Offline since ${time}. In ${time}!`,
};

function find(key: string, substitutions: string[]): string {
  return words[key]?.(...substitutions) ?? '';
}

test('places are filled in with whatever stands for them', () => {
  const lookUp = rememberWords(find);
  expect(lookUp('panel_since', ['10:31'])).toBe('Offline since 10:31. In 10:31!');
  expect(lookUp('panel_since', ["$& $1 $'"])).toBe("Offline since $& $1 $'. In $& $1 $'!");
  expect(lookUp('panel_since', [])).toBe('Offline since . In !');
});

test('a word that was once looked up outlives its extension, with other things in its places', () => {
  let isGone = false;
  const lookUp = rememberWords((key, substitutions) => {
    if (isGone) throw new Error('Extension context invalidated.');
    return find(key, substitutions);
  });
  lookUp('panel_gone', []);
  lookUp('panel_since', ['10:31']);
  isGone = true;
  expect(lookUp('panel_gone', [])).toBe('Baton was updated');
  expect(lookUp('panel_since', ['11:00'])).toBe('Offline since 11:00. In 11:00!');
});

test('a word asked for too late is missing, and breaks nothing', () => {
  const lookUp = rememberWords(() => {
    throw new Error('Extension context invalidated.');
  });
  expect(lookUp('panel_gone', [])).toBe('');
});
