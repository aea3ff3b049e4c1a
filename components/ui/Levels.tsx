const heights = [4, 7.5, 11];

/** Three bars, rising or falling: mirror images with the same amount of ink, so that neither verdict looks like the expected one. */
export function Levels({ isRising }: { isRising: boolean }) {
  const ordered = isRising ? heights : [...heights].reverse();
  return (
    <svg class="icon solid" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {ordered.map((height, index) => (
        <rect key={height} x={2 + index * 4.5} y={14 - height} width="3" height={height} rx="1" />
      ))}
    </svg>
  );
}
