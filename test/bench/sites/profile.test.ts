import { expect, it } from 'vitest';
import { addUp } from './profile.ts';

const frame = (url: string) => ({ functionName: '', scriptId: '0', url, lineNumber: 0, columnNumber: 0 });

it('counts what runs under a script as its own, a stretch by itself, and nothing of the page', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame(''), children: [2, 4] },
      { id: 2, callFrame: frame('ours.js'), children: [3] },
      { id: 3, callFrame: frame('') },
      { id: 4, callFrame: frame('page.js') },
    ],
    startTime: 0,
    endTime: 0,
    samples: [2, 3, 4, 3, 1],
    timeDeltas: [0, 1000, 59_000, 5000, 2000],
  };
  expect(addUp(profile, (url) => url === 'ours.js')).toEqual({ totalMs: 62, longestMs: 60, longTasks: 1 });
});
