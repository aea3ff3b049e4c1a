import type { HandOverFigures } from '#contract/desk-hand-over.ts';
import type { Todo } from './todos.ts';

/** What hand-overs ask of marketing: those that wait too long, those that nobody is there to take, and those that came back within so many days. */
export function listHandOverTodos(figures: HandOverFigures | null, days: number): Todo[] {
  if (figures === null) return [];
  const { open, total, reasons, hours } = figures;
  const todos: Todo[] = [];
  const add = (count: number, line: Todo) => count > 0 && todos.push(line);
  add(open.overdue, {
    id: `hand-overs-overdue-${open.overdue}`,
    kind: 'overdue',
    count: open.overdue,
    hours,
    hash: '#/hand-overs?view=overdue',
    isOwn: false,
  });
  add(open.nobody, {
    id: `hand-overs-nobody-${open.nobody}`,
    kind: 'nobody',
    count: open.nobody,
    hash: '#/hand-overs?view=nobody',
    isOwn: false,
  });
  add(total.returned, {
    id: `hand-overs-returned-${total.returned}-${days}`,
    kind: 'returned',
    count: total.returned,
    of: total.accepted + total.returned,
    main: reasons[0] ?? null,
    hash: `#/hand-overs?days=${days}&order=newest&view=returned`,
    isOwn: false,
  });
  return todos;
}
