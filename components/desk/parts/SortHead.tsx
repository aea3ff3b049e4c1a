import { Glyph } from './Glyph.tsx';

interface SortHeadProps {
  title: string;
  /** How the rows stand by this column when they stand by it. */
  direction: 'ascending' | 'descending';
  /** The rows stand by it now. */
  isHeld: boolean;
  isFigure?: boolean;
  onSort: () => void;
}

/** The head of a column by which a table's rows can be ordered. */
export function SortHead({ title, direction, isHeld, isFigure = false, onSort }: SortHeadProps) {
  return (
    <th scope="col" class={isFigure ? 'figure' : undefined} {...(isHeld && { 'aria-sort': direction })}>
      <button type="button" class="sort" onClick={onSort}>
        {title} {isHeld && <Glyph name="sorted" isSmall />}
      </button>
    </th>
  );
}
