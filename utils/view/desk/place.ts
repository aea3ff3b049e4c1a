import { type ReadonlySignal, signal } from '@preact/signals';

/** Where in the Desk: a page and what its address holds (filters, selected row, search words). An absent parameter has its usual value. */
export interface Place {
  page: string;
  params: Readonly<Record<string, string>>;
}

/** Reads `#/lead-quality?by=segment`. An address without a page is the first page's. */
export function readPlace(hash: string, firstPage: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { page: path || firstPage, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** A parameter's value for what has none: an empty one is left out. */
export const noValue = '~';

/** Writes a place as a hash; empty parameters are left out, the others sorted, so that one view has one address. */
export function writePlace(place: Place): string {
  const kept = Object.entries(place.params).filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return `#/${place.page}${query ? `?${query}` : ''}`;
}

/** The address bar, as far as the Desk uses it. */
export interface AddressBar {
  read(): string;
  /** `isStep`: a step that Back undoes; otherwise the present entry is rewritten. */
  write(hash: string, isStep: boolean): void;
  onChange(react: () => void): void;
}

/** The Desk's place, kept in step with the address. */
export interface Address {
  readonly place: ReadonlySignal<Place>;
  /** Goes to another page, or the same one with these parameters alone. */
  go(page: string, params?: Record<string, string>): void;
  /** Changes parameters of this page; an empty value takes one out. `isStep` false while somebody types. */
  change(params: Record<string, string>, isStep?: boolean): void;
  /** The hash that `change` would lead to, for a link. */
  link(params: Record<string, string>): string;
}

/** Follows the address bar, and writes to it. */
export function createAddress(bar: AddressBar, firstPage: string): Address {
  const place = signal(readPlace(bar.read(), firstPage));
  bar.onChange(() => {
    place.value = readPlace(bar.read(), firstPage);
  });
  const set = (next: Place, isStep: boolean) => {
    const hash = writePlace(next);
    if (hash === writePlace(place.peek())) return;
    bar.write(hash, isStep);
    place.value = readPlace(hash, firstPage);
  };
  const changed = (params: Record<string, string>): Place => ({
    page: place.peek().page,
    params: { ...place.peek().params, ...params },
  });
  return {
    place,
    go: (page, params = {}) => set({ page, params }, true),
    change: (params, isStep = true) => set(changed(params), isStep),
    link: (params) => writePlace(changed(params)),
  };
}
