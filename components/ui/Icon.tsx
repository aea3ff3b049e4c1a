import { type IconName, iconPaths } from './icon-paths.ts';

/** An icon beside its word. It is silent for screen readers: the word speaks. `isSmall`: 12 px instead of 16. */
export function Icon({ name, isSmall = false }: { name: IconName; isSmall?: boolean }) {
  return (
    <svg class={isSmall ? 'icon small' : 'icon'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {name === 'unknown' ? (
        <circle cx="8" cy="8" r="5.6" stroke-dasharray="2.2 2.2" />
      ) : (
        <path d={iconPaths[name]} {...(name === 'more' ? { 'stroke-width': 2 } : {})} />
      )}
    </svg>
  );
}
