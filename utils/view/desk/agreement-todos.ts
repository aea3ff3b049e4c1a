import { agreementKindSchema, type WaitingAgreement } from '#contract/agreement.ts';
import type { Todo } from './todos.ts';

/** Where an agreement stands: sales signed and marketing did not yet, the other way round, or both did and it is not published. */
export type SigningStep = 'sign' | 'sales' | 'publish';

function stepOf({ signed }: WaitingAgreement): SigningStep | null {
  const isSigned = (side: 'marketing' | 'sales') => signed.some((each) => each.side === side);
  if (isSigned('sales')) return isSigned('marketing') ? 'publish' : 'sign';
  return isSigned('marketing') ? 'sales' : null;
}

/** What agreements ask of marketing: a signature, to publish what both signed, answers to proposals; and what waits for sales. Kinds of a newer store are left out. */
export function listAgreementTodos(waiting: readonly WaitingAgreement[]): Todo[] {
  return waiting.flatMap((agreement): Todo[] => {
    const kind = agreementKindSchema.safeParse(agreement.kind).data;
    if (!kind) return [];
    const place = kind === 'scorecard' ? '#/criteria' : `#/language?agreement=${kind}`;
    const step = stepOf(agreement);
    const last = agreement.signed.at(-1);
    const { proposals, proposedAt } = agreement;
    const todos: Todo[] = [];
    const line = { isOwn: false, agreement: kind };
    if (step && last)
      todos.push({
        ...line,
        kind: 'signing',
        step,
        by: last.by,
        at: last.at,
        id: `signing-${kind}-${step}-${last.at}`,
        hash: `${place}${kind === 'scorecard' ? '?' : '&'}view=draft`,
      });
    if (proposals > 0)
      todos.push({
        ...line,
        kind: 'proposals',
        count: proposals,
        since: proposedAt,
        id: `proposals-${kind}-${proposals}-${proposedAt}`,
        hash: place,
      });
    return todos;
  });
}
