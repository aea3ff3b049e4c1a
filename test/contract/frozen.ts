import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from './world.ts';

type Schemas = Record<string, object>;

/** A released contract as it was written down: what its extension read and sent, and what its store answered. */
export interface Frozen {
  contract: number;
  commit: string;
  schemas: { answers: Schemas; requests: Schemas; mutations: Schemas };
  /** By operation. `<contactId>` and the like stand for ids of the run. */
  exchanges: Record<string, Exchange>;
}

/** All released contracts that are kept here, the newest first. */
export function listFrozen(): Frozen[] {
  const folders = readdirSync(new URL('.', import.meta.url)).filter((each) => /^frozen-\d+$/.test(each));
  return folders
    .map((folder) => {
      const read = (name: string) =>
        JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, import.meta.url), 'utf8'));
      return { ...read('about'), schemas: read('schemas'), exchanges: read('exchanges') } as Frozen;
    })
    .sort((a, b) => b.contract - a.contract);
}

/** Checks a value as a reader of that release did. Answers what was wrong, empty when nothing was; an unknown name is a fault of the test. */
export function createFrozenCheck(schemas: Schemas): (name: string, value: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const checks = new Map<string, ValidateFunction>();
  return (name, value) => {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`The frozen contract has no schema "${name}".`);
    const check = checks.get(name) ?? ajv.compile(schema);
    checks.set(name, check);
    return check(value) ? [] : (check.errors ?? []).map((each) => `${name}${each.instancePath} ${each.message}`);
  };
}

/** Puts a run's ids in for their names. */
export function fillIn<T>(value: T, ids: Record<string, string>): T {
  const text = JSON.stringify(value).replaceAll(/<(\w+)>/g, (name, id: string) => ids[id] ?? name);
  return JSON.parse(text) as T;
}
