import { iconPaths } from '../../ui/icon-paths.ts';

/** Drawings that only the Desk needs, in a box of 16 by 16. */
const deskPaths = {
  home: 'M2.6 8.4L8 3.2l5.4 5.2M4.1 7.3v5.6h7.8V7.3',
  say: 'M2.6 3.4h10.8v7.2H7.6L4.7 13v-2.4H2.6z',
  baton: 'M3 10.6l6.6-6.6M6.4 12.6L13 6',
  gauge: 'M2.6 11.6a5.4 5.4 0 1 1 10.8 0M8 11.6l2.4-4',
  quote: 'M6.4 9.4H3.1V6h3.3zM3.1 9.4c0 1.6.6 2.5 2 3M12.6 9.4H9.3V6h3.3zM9.3 9.4c0 1.6.6 2.5 2 3',
  inbox: 'M2.6 9.2l1.9-5.4h7l1.9 5.4v3.6H2.6zM2.6 9.2h3.2c.2 1.2 1 1.9 2.2 1.9s2-.7 2.2-1.9h3.2',
  plug: 'M6 3v3M10 3v3M4.5 6h7v2.4a3.5 3.5 0 0 1-7 0zM8 11.9V14',
  people:
    'M6 3.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M2.1 12.9c.3-2.6 1.7-3.9 3.9-3.9s3.6 1.3 3.9 3.9M10.4 3.6a2.2 2.2 0 0 1 0 3.9M11.5 9.4c1.5.5 2.2 1.8 2.4 3.5',
  calendar: 'M3 3.6h10v9.8H3zM3 6.6h10M6 2.2v2.7M10 2.2v2.7',
  plus: 'M8 3.6v8.8M3.6 8h8.8',
  link: 'M6.5 9.5l3-3M7.4 4.6L9 3a2.8 2.8 0 0 1 4 4l-1.6 1.6M8.6 11.4L7 13a2.8 2.8 0 0 1-4-4l1.6-1.6',
  table: 'M2.6 3.6h10.8v8.8H2.6zM2.6 6.5h10.8M6.5 6.5v5.9',
  print: 'M4.6 6V2.6h6.8V6M4.6 11H2.6V6h10.8v5h-2M4.6 9.5h6.8v3.9H4.6z',
  eye: 'M1.9 8S4 4.1 8 4.1 14.1 8 14.1 8 12 11.9 8 11.9 1.9 8 1.9 8M8 6.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4',
  flat: 'M3.2 8h9.6',
  pause: 'M5.6 4v8M10.4 4v8',
  sliders: 'M2.6 4.6h6.2M11.8 4.6h1.6M2.6 8h1.6M7.2 8h6.2M2.6 11.4h6.2M11.8 11.4h1.6M10.3 3.1v3M5.7 6.5v3M10.3 9.9v3',
  criteria: 'M2.6 3.6h1.6M6.6 3.6h6.8M2.6 8h1.6M6.6 8h6.8M2.6 12.4h1.6M6.6 12.4h6.8',
  funnel: 'M2.6 3.6h10.8L9.6 8.3v4.9l-3.2-1.6V8.3z',
  file: 'M4 2.6h5l3 3v7.8H4zM9 2.6v3h3',
  sorted: 'M8 3v10M4 9l4 4 4-4',
  keys: 'M2.6 4.6h10.8v6.8H2.6zM5 7h.01M8 7h.01M11 7h.01M5.5 9.3h5',
} as const;
const solidPaths = {
  better: 'M8 4l5 8H3z',
  worse: 'M8 12L3 4h10z',
  live: 'M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
} as const;

/** The name of a drawing: the Desk's own, or one that all parts share. */
export type GlyphName = keyof typeof deskPaths | keyof typeof solidPaths | keyof typeof iconPaths;

const strokes: Record<string, string> = { ...iconPaths, ...deskPaths };
const solids: Record<string, string> = solidPaths;

/** A drawing beside its word, silent for screen readers: the word speaks. `isSmall`: 12 px instead of 16. */
export function Glyph({ name, isSmall = false }: { name: GlyphName; isSmall?: boolean }) {
  const solid = solids[name];
  return (
    <svg
      class={`icon${isSmall ? ' small' : ''}${solid ? ' solid' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={solid ?? strokes[name]} />
    </svg>
  );
}
