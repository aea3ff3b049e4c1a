import type { TouchKind } from '#contract/touch.ts';
import { readStatus } from './member-status.ts';

/** What an activity of a source's own type is: the kind that its name says (`Attended booth`), else any other; the name stays to be seen. */
export function describeActivity(name: string, value: string | null): { kind: TouchKind; detail: string } {
  const { kind, isKnown } = readStatus(name, false);
  return { kind: isKnown ? kind : 'other', detail: (value === null ? name : `${name}: ${value}`).slice(0, 500) };
}
