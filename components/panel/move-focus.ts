const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys, Home and End move the focus among the buttons of a group that is one stop for Tab. For `onKeyDown` of the group. */
export function moveFocus(event: KeyboardEvent): void {
  const group = event.currentTarget as HTMLElement;
  const buttons = [...group.querySelectorAll<HTMLElement>('[role=tab], [role=radio]')];
  const now = buttons.indexOf(event.target as HTMLElement);
  // With Alt they belong to the whole panel.
  if (now === -1 || event.altKey) return;
  let next = now + (steps[event.key] ?? 0);
  if (event.key === 'Home') next = 0;
  if (event.key === 'End') next = buttons.length - 1;
  if (next === now) return;
  event.preventDefault();
  buttons[(next + buttons.length) % buttons.length]?.focus();
}
