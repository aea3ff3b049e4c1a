import { describe, expect, test } from 'vitest';
import { createAddress, readPlace, writePlace } from './place.ts';

function createBar(first: string) {
  const entries = [first];
  let react: () => void = () => undefined;
  return {
    entries,
    back() {
      entries.pop();
      react();
    },
    read: () => entries.at(-1) ?? '',
    write(hash: string, isStep: boolean) {
      if (!isStep) entries.pop();
      entries.push(hash);
    },
    onChange(next: () => void) {
      react = next;
    },
  };
}

describe('the address', () => {
  test('reads back what it wrote', () => {
    const place = { page: 'insights', params: { search: 'a b&c=d/é', kind: 'customer,product' } };
    expect(readPlace(writePlace(place), 'today')).toEqual(place);
  });

  test('leaves out what has its usual value, and is one address for one view', () => {
    expect(writePlace({ page: 'p', params: { b: '1', a: '', c: '2' } })).toBe(
      writePlace({ page: 'p', params: { c: '2', b: '1' } }),
    );
    expect(readPlace('', 'today')).toEqual({ page: 'today', params: {} });
  });

  test('Back undoes a filter', () => {
    const bar = createBar('#/insights');
    const address = createAddress(bar, 'today');
    address.change({ kind: 'product' });
    expect(address.place.value.params).toEqual({ kind: 'product' });
    bar.back();
    expect(address.place.value).toEqual({ page: 'insights', params: {} });
  });

  test('typing makes no steps to go back through', () => {
    const bar = createBar('#/insights');
    const address = createAddress(bar, 'today');
    address.change({ search: 'a' }, false);
    address.change({ search: 'ab' }, false);
    expect(bar.entries).toEqual(['#/insights?search=ab']);
  });

  test('going where one is adds no step', () => {
    const bar = createBar('#/people');
    createAddress(bar, 'today').go('people');
    expect(bar.entries).toHaveLength(1);
  });
});
