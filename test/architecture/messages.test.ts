import { describe, expect, it } from 'vitest';
import { eventNames, messageSchemas } from '#contract/message.ts';
import { createHandlers } from '../../entrypoints/background/handlers.ts';
import { isProductCode, listFiles, readSource } from './sources.ts';

const names = Object.keys(messageSchemas).sort();
const product = listFiles()
  .filter((file) => isProductCode(file) && !file.startsWith('utils/contract/'))
  .map(readSource)
  .join('\n');

describe('every message', () => {
  it('has a handler, and no handler is without a message', () => {
    const handlers = createHandlers(() => Promise.reject(new Error('not opened here')));
    expect(Object.keys(handlers).sort()).toEqual(names);
  });

  it.each(Object.entries(messageSchemas))('%s has a schema for what is asked and what is answered', (_, schema) => {
    expect(['page', 'own']).toContain(schema.from);
    expect(schema.request.safeParse).toBeInstanceOf(Function);
    expect(schema.answer.safeParse).toBeInstanceOf(Function);
  });

  it('is sent by somebody', () => {
    expect(names.filter((name) => !product.includes(`'${name}'`))).toEqual([]);
  });

  it('refuses what it does not know', () => {
    const takesAnything = Object.entries(messageSchemas).filter(
      ([, { request }]) => request.safeParse(Symbol()).success,
    );
    expect(takesAnything.map(([name]) => name)).toEqual([]);
  });
});

describe('every event', () => {
  it.each(eventNames)('%s is named where it is sent and where it is heard', (name) => {
    expect(product.split(`'${name}'`).length - 1).toBeGreaterThanOrEqual(2);
  });
});
