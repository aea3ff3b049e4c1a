/** A person's initials in a circle, beside the name that says the same. */
export function Person({ name, isLarge = false }: { name: string; isLarge?: boolean }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : '']
    .map((each) => each?.[0]?.toUpperCase() ?? '')
    .join('');
  return (
    <span class={`person${isLarge ? ' large' : ''}`} aria-hidden="true">
      {initials}
    </span>
  );
}
