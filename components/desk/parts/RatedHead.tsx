import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Sorting } from '../../../utils/view/desk/rated.ts';
import { SortHead } from './SortHead.tsx';

interface RatedHeadProps {
  desk: Desk;
  title: string;
  sorting: Sorting;
  held: Sorting;
  isFigure?: boolean;
}

/** The head of a column by which rated rows can be ordered; the address holds which. */
export function RatedHead({ desk, title, sorting, held, isFigure = false }: RatedHeadProps) {
  return (
    <SortHead
      title={title}
      direction={sorting === 'name' ? 'ascending' : 'descending'}
      isHeld={sorting === held}
      isFigure={isFigure}
      onSort={() => desk.address.change({ sort: sorting === 'rate' ? '' : sorting }, false)}
    />
  );
}
