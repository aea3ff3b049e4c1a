import { expect, test } from 'vitest';
import type { PanelStatus } from '#contract/card.ts';
import { describeTrouble } from './Notice.tsx';

const told = (store: PanelStatus['store']) => describeTrouble({ connection: 'connected', store } as PanelStatus);

test('whatever keeps the store from being worked with is told, and which of the two is too old is told apart', () => {
  expect(told('reached')).toBeNull();
  expect(told('offline')).toBe('status_offline');
  expect(told('unreachable')).toBe('status_store_silent');
  expect(told('storeTooOld')).toBe('status_store_too_old');
  expect(told('extensionTooOld')).toBe('status_extension_too_old');
});
