import type { Operation } from '../openapi/operation.ts';

/** The methods that some operation has under a path, as `Allow` lists them; empty: there is nothing under it. Parameters stand for any one part. */
export function listMethods(operations: readonly Operation[], path: string): string[] {
  const parts = path.split('/');
  const methods = operations
    .filter((each) => fits(each.path.split('/'), parts))
    .map((each) => each.method.toUpperCase());
  return [...new Set(methods)].sort();
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.length === parts.length && pattern.every((each, at) => each.startsWith(':') || each === parts[at]);
}
