import { useState } from 'preact/hooks';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';

/** How rows change places: dragged onto another row of their axis, or by a step. `said` tells those who do not see it where a row is now. */
export interface RowOrder {
  said: string;
  move(criterion: Criterion, step: -1 | 1): Promise<void>;
  take(criterion: Criterion, event: DragEvent): void;
  hover(criterion: Criterion, event: DragEvent): void;
  drop(criterion: Criterion, event: DragEvent): void;
  letGo(): void;
  /** Classes of a row while one is dragged; empty: none. */
  marks(id: string): string;
}

/** The order of the draft's criteria, as a table changes it. */
export function useRowOrder(model: Criteria): RowOrder {
  const [dragged, setDragged] = useState<Criterion | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const tell = ({ id, axis, label }: Criterion) => {
    const same = model.body.value?.criteria.filter((each) => each.axis === axis) ?? [];
    const place = same.findIndex((each) => each.id === id) + 1;
    setSaid(word('desk_criterion_placed', label, place, same.length));
  };
  const letGo = () => {
    setDragged(null);
    setOver(null);
  };
  return {
    said,
    async move(criterion, step) {
      await model.move(criterion.id, step);
      tell(criterion);
    },
    take(criterion, event) {
      event.dataTransfer?.setData('text/plain', criterion.label);
      setDragged(criterion);
    },
    hover(criterion, event) {
      if (dragged?.axis !== criterion.axis) return;
      event.preventDefault();
      setOver(criterion.id);
    },
    drop(criterion, event) {
      event.preventDefault();
      if (!dragged) return;
      letGo();
      void model.place(dragged.id, criterion.id).then(() => tell(dragged));
    },
    letGo,
    marks: (id) => [dragged?.id === id && 'dragged', over === id && 'taking'].filter(Boolean).join(' '),
  };
}
