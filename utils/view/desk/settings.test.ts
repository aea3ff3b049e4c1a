import { expect, test, vi } from 'vitest';
import { createDesk, type DeskTools } from './desk.ts';
import { createSettings } from './settings.ts';

test('a way back that is taken before the page has read the change goes back all the same', async () => {
  const sent: unknown[] = [];
  let readings = 0;
  const tools = {
    async callStore({ method, body }: { method: string; body?: unknown }) {
      if (method === 'PATCH') sent.push(body);
      // The reading after the change never ends: the page still shows what was before.
      else if (readings++ > 0) await new Promise(() => undefined);
      return { status: 200, body: { panelSides: {} } };
    },
    bar: { read: () => '#/settings', write: () => undefined, onChange: () => undefined },
  } as unknown as DeskTools;
  const desk = createDesk(tools, 'settings');
  const model = createSettings(desk);
  model.open();
  await vi.waitFor(() => expect(model.settings.value.value).not.toBeNull());
  const linkedin = model.sites.lines.value.find(({ id }) => id === 'linkedin');
  if (linkedin !== undefined) void model.settle(linkedin, 'side');
  await vi.waitFor(() => expect(desk.notice.value).not.toBeNull());
  desk.notice.value?.undo?.();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent).toEqual([{ panelSides: { linkedin: 'side' } }, { panelSides: { linkedin: null } }]);
});
