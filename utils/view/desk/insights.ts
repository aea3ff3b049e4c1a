import { computed } from '@preact/signals';
import { insightListSchema } from '#contract/desk.ts';
import type { Desk } from './desk.ts';

const typingMs = 200;

/** The page of insights: the stream, its facets and the search, all in the address. */
export function createInsights(desk: Desk) {
  const list = desk.open(insightListSchema);
  const params = computed(() => desk.address.place.value.params);
  const listOf = (name: string) => (params.value[name] ?? '').split(',').filter((each) => each !== '');
  const kinds = computed(() => listOf('kind'));
  const methods = computed(() => listOf('method'));
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows what the address says. */
  function open(): void {
    const { kind = '', method = '', search = '', days = '' } = params.value;
    const query = new URLSearchParams({ kind, method, search });
    if (days) query.set('days', days);
    list.show({ method: 'GET', path: `/v1/desk/insights?${query}` });
  }

  return {
    list,
    params,
    kinds,
    methods,
    open,
    /** Chooses a value of a facet, or takes it back. */
    toggle(facet: 'kind' | 'method', value: string) {
      const held = facet === 'kind' ? kinds.value : methods.value;
      const next = held.includes(value) ? held.filter((each) => each !== value) : [...held, value];
      desk.address.change({ [facet]: next.join(','), insight: '' });
    },
    /** Searches once the typing pauses. */
    search(words: string) {
      clearTimeout(timer);
      timer = setTimeout(() => desk.address.change({ search: words, insight: '' }, false), typingMs);
    },
  };
}

export type Insights = ReturnType<typeof createInsights>;
