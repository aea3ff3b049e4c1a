import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { ComponentChildren, RefCallback } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What a row's element takes, so that it is found and measured. */
export interface RowPlace {
  ref: RefCallback<HTMLElement>;
  'data-index': number;
}

interface WindowedProps<Row extends { id: string }> {
  rows: readonly Row[];
  /** What a row is drawn as. */
  as: 'tr' | 'li';
  /** About how tall a row is, in pixels, until it was measured. */
  tall: number;
  /** The row that is to be in sight when it becomes this one. */
  selectedId?: string | undefined;
  draw(row: Row, place: RowPlace): ComponentChildren;
  /** Called while the last rows are in sight. */
  onEnd?: () => void;
}

/** A list as short as this is drawn whole, so that the browser's own search finds all of it. */
const shortList = 100;
const beyondSight = 12;

/**
 * The rows of a table's body or a list of which those in sight, and some beyond, are drawn; empty rows as tall as the others stand in their place. It scrolls with the nearest
 * element around it that scrolls. Printed, it is whole.
 */
export function Windowed<Row extends { id: string }>(props: WindowedProps<Row>) {
  const { rows, as: Element, tall, selectedId, draw, onEnd } = props;
  const start = useRef<HTMLElement>(null);
  const isPrinted = useIsPrinted();
  const isWhole = rows.length <= shortList || isPrinted;
  const virtualizer = useVirtualizer(rows, { tall, start, isOn: !isWhole });
  const items = isWhole ? null : virtualizer.getVirtualItems();
  const [first, last] = [items?.[0], items?.at(-1)];
  const isAtEnd = items === null || (last !== undefined && last.index >= rows.length - beyondSight);
  // At each drawing: what could not be fetched the last time is asked for again.
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  });
  useEffect(() => {
    const index = rows.findIndex((row) => row.id === selectedId);
    if (index < 0) return;
    if (!isWhole) virtualizer.scrollToIndex(index);
    else findRow(start.current, index)?.scrollIntoView?.({ block: 'nearest' });
  }, [selectedId, isWhole]);
  const place = (index: number): RowPlace => ({
    'data-index': index,
    ref: isWhole ? () => undefined : (element) => void virtualizer.measureElement(element),
  });
  const drawAt = (index: number) => {
    const row = rows[index];
    return row && draw(row, place(index));
  };
  const margin = virtualizer.options.scrollMargin;
  return (
    <>
      <Gap as={Element} height={first ? first.start - margin : 0} start={start} />
      {items === null ? rows.map((_, index) => drawAt(index)) : items.map(({ index }) => drawAt(index))}
      <Gap as={Element} height={last ? virtualizer.getTotalSize() - (last.end - margin) : 0} />
    </>
  );
}

/** The row at this place of the list that begins with this element. */
function findRow(first: HTMLElement | null, index: number): Element | null {
  return first?.parentElement?.querySelector(`:scope > [data-index="${index}"]`) ?? null;
}

interface GapProps {
  as: 'tr' | 'li';
  height: number;
  start?: { current: HTMLElement | null };
}

/** What stands in the place of the rows that are not drawn. The first one also tells where the list begins. */
function Gap({ as: Element, height, start }: GapProps) {
  const ref: RefCallback<HTMLElement> = (element) => {
    if (start) start.current = element;
  };
  return <Element ref={ref} aria-hidden="true" style={{ height: `${Math.max(0, height)}px` }} />;
}

interface Reckoning {
  tall: number;
  /** The element with which the list begins, once it is there. */
  start: { current: HTMLElement | null };
  /** Off, nothing is measured. */
  isOn: boolean;
}

function useVirtualizer(rows: readonly { id: string }[], { tall, start, isOn }: Reckoning) {
  const [, noteDrawn] = useState(0);
  const [virtualizer] = useState(
    () =>
      new Virtualizer<HTMLElement, HTMLElement>({
        count: 0,
        getScrollElement: () => start.current && findScroller(start.current),
        estimateSize: () => tall,
        observeElementRect,
        observeElementOffset,
        scrollToFn: elementScroll,
        // Begun in the middle (the list grew, or was printed), it stays there.
        initialOffset: () => (start.current ? findScroller(start.current).scrollTop : 0),
        overscan: beyondSight,
        onChange: () => noteDrawn((times) => times + 1),
      }),
  );
  virtualizer.setOptions({
    ...virtualizer.options,
    enabled: isOn,
    count: rows.length,
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollMargin: isOn && start.current ? distance(findScroller(start.current), start.current) : 0,
  });
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}

/** How far below the scrolled content's top an element stands, in pixels. */
function distance(scroller: HTMLElement, element: HTMLElement): number {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
}

function findScroller(element: HTMLElement): HTMLElement {
  for (let each = element.parentElement; each !== null; each = each.parentElement)
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
  return document.documentElement;
}

function useIsPrinted(): boolean {
  const [isPrinted, setIsPrinted] = useState(false);
  useEffect(() => {
    const [before, after] = [() => setIsPrinted(true), () => setIsPrinted(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinted;
}
