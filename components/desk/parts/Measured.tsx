import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MeasuredProps {
  /** In CSS pixels: how wide it is drawn until it is measured, and where nothing measures. */
  usual: number;
  /** Never wider than this. */
  most: number;
  children: (width: number) => ComponentChildren;
}

/** Room for a chart, which is drawn as wide as there is room: so its lines use the page, and its letters keep their size. */
export function Measured({ usual, most, children }: MeasuredProps) {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(usual);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => {
      const found = Math.floor(element.clientWidth);
      if (found > 0) setWidth(Math.min(found, most));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [most]);
  return (
    <div ref={room} class="measured">
      {children(width)}
    </div>
  );
}
