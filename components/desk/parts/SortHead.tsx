import { Glyph } from './Glyph.tsx';

interface SortHeadProps {
  title: string;
  /** How the rows stand by this column when they stand by it. */
  direction: 'ascending' | 'descending';
  /** The rows stand by it now. */
  isHeld: boolean;
  isFigure?: boolean;
  /** Left out where there is little room. */
  isSide?: boolean;
  onSort: () => void;
}

/** The head of a column by which a table's rows can be ordered. */
export function SortHead({ title, direction, isHeld, isFigure = false, isSide = false, onSort }: SortHeadProps) {
  const side = isSide ? 'side-fact' : undefined;
  const text = (
    <>
      {title} {isHeld && <Glyph name="sorted" isSmall />}
    </>
  );
  return (
    <th scope="col" class={isFigure ? 'figure' : side} {...(isHeld && { 'aria-sort': direction })}>
      {/* Browsers do not repeat buttons where a table goes on on the next sheet. */}
      <span class="print-only">{text}</span>
      <button type="button" class="sort no-print" onClick={onSort}>
        {text}
      </button>
    </th>
  );
}
