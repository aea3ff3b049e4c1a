/** The mark: two batons side by side at the moment of the hand-over, one solid, one at half strength. `size` in CSS pixels. */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="5.6" stroke-linecap="round">
        <path d="M11.8 14.9l7.6-7.6" opacity=".5" />
        <path d="M4.6 16.7l7.6-7.6" />
      </g>
    </svg>
  );
}
