import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Rep, startRep } from '../trials/rep.ts';
import type { CatchPoint } from './harness/fault-proxy.ts';

const browserName = inject('browserName');
/** More than go in one request. */
const clicks = 230;
const harmless = { lost: 0, doubled: 0, disordered: 0, apart: 0 };

let rep: Rep;

beforeAll(async () => {
  rep = await startRep(browserName, 1);
});

afterAll(() => rep?.close());

describe(`an update of the extension in ${browserName}`, () => {
  const moments: [when: string, at: CatchPoint][] = [
    ['on its way to the store', 'asked'],
    ['taken by the store and not answered', 'answered'],
    ['answered a moment ago', 'handed'],
  ];
  it.each(moments)(
    'while a queue is sent, its first part %s, loses nothing, doubles nothing, keeps the order',
    async (_when, at) => {
      rep.proxy.setWeather({ lost: 1 });
      for (let click = 0; click < clicks; click++) await rep.click();
      rep.proxy.setWeather(null);
      const sending = rep.proxy.catchNext('/v1/push', at);
      const asked = rep.bringUpToDate().catch(() => undefined);
      await sending.caught;
      await rep.update();
      sending.letGo();
      await asked;
      await rep.settle();
      expect(await rep.compare()).toEqual(harmless);
    },
  );
});
