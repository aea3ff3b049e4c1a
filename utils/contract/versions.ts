/** What one side of a call can speak: the newest version of the contract, and the oldest that it still understands. */
export interface Spoken {
  version: number;
  oldest: number;
}

/**
 * What this build speaks. `version` counts up with each release that an older one could not follow; what only adds leaves it as it is.
 * `oldest` moves up a release later, when what spoke the older version may be left behind.
 */
export const spoken: Spoken = { version: 2, oldest: 1 };

/** The header that names it, both ways: see `writeSpoken` and `writeAnswered`. */
export const contractHeader = 'Baton-Contract';

/** How two sides stand: the newest version that both speak, or who is too old for the other. */
export type Agreement = { kind: 'agreed'; version: number } | { kind: 'theyAreTooOld' } | { kind: 'weAreTooOld' };

/** The header of a request: `2; oldest=1`. The first release sent its version alone. */
export function writeSpoken({ version, oldest }: Spoken): string {
  return `${version}; oldest=${oldest}`;
}

/** The header of an answer: the version it is written in, then what its sender could speak: `1; newest=2; oldest=1`. */
export function writeAnswered(answered: number, { version, oldest }: Spoken): string {
  return `${answered}; newest=${version}; oldest=${oldest}`;
}

/** Reads either form. A side that names no oldest speaks its one version. Unknown parameters are passed over; null: no header, or none that makes sense. */
export function readSpoken(header: string | null | undefined): Spoken | null {
  const [first = '', ...rest] = (header ?? '').split(';').map((each) => each.trim());
  if (!/^[1-9]\d{0,5}$/.test(first)) return null;
  const parameters = new Map(rest.map((each) => each.split('=', 2).map((part) => part.trim()) as [string, string]));
  const read = (name: string): number => {
    const text = parameters.get(name) ?? '';
    return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number(first);
  };
  return { version: read('newest'), oldest: read('oldest') };
}

/** The newest version both speak. A side that says nothing (a script with a token) is taken to speak ours. */
export function agree(ours: Spoken, theirs: Spoken | null): Agreement {
  if (theirs === null) return { kind: 'agreed', version: ours.version };
  if (theirs.version < ours.oldest) return { kind: 'theyAreTooOld' };
  if (ours.version < theirs.oldest) return { kind: 'weAreTooOld' };
  return { kind: 'agreed', version: Math.min(ours.version, theirs.version) };
}
