import { useEffect, useRef } from 'preact/hooks';
import type { AgreementKind } from '#contract/agreement.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeAgo, writeCount, writeDay, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { nameKept } from '../../../utils/view/desk/kept-digests.ts';
import type { Todo } from '../../../utils/view/desk/todos.ts';

import { returnReasonWord } from '../../panel/hand-over-words.ts';
import { InertText } from '../../ui/InertText.tsx';
import { Glyph, type GlyphName } from '../parts/Glyph.tsx';

interface Line {
  glyph: GlyphName;
  isWarning: boolean;
  title: string;
  text: string;
  when: string;
  act: string;
}

function rate(hits: number, count: number): string {
  return word(
    'desk_today_rate',
    writeCount(hits),
    writeCount(count),
    writePercent(hits / count),
    writeInterval(hits, count),
  );
}

function nameAgreement(kind: AgreementKind): string {
  return word(kind === 'scorecard' ? 'desk_nav_criteria' : `desk_words_kind_${kind.replace('-', '_')}`);
}

function describe(todo: Todo): Line {
  switch (todo.kind) {
    case 'expires':
      return {
        glyph: 'clock',
        isWarning: false,
        title: word('desk_today_expires', todo.point.title),
        text: countWord('desk_today_at_accounts', todo.point.accounts),
        when: todo.days === 0 ? word('desk_today_now') : countWord('desk_today_in', todo.days),
        act: word('desk_today_extend'),
      };
    case 'flat':
      return {
        glyph: 'say',
        isWarning: true,
        title: word('desk_today_flat', todo.point.title),
        text: rate(todo.point.fellFlat, todo.told),
        when: word('desk_today_told', writeCount(todo.told)),
        act: word('desk_today_rewrite'),
      };
    case 'unused':
      return {
        glyph: 'clock',
        isWarning: false,
        title: word('desk_today_unused', todo.point.title),
        text: countWord('desk_today_at_accounts', todo.point.accounts),
        when: word('desk_points_since', writeDay(todo.point.lastUsedAt ?? todo.point.pushedAt)),
        act: word('desk_today_freshen'),
      };
    case 'weak':
      return {
        glyph: 'gauge',
        isWarning: true,
        title: word('desk_today_weak_leads', todo.row.label ?? word('desk_no_campaign')),
        text: rate(todo.row.weak, todo.row.count),
        when: word('desk_period_91'),
        act: word('desk_today_see'),
      };
    case 'ask': {
      const { account, contact, by, text, at } = todo.ask;
      return {
        glyph: 'inbox',
        isWarning: false,
        title: text,
        text: word('desk_today_asked', by, contact ?? account ?? word('desk_no_account')),
        when: writeAgo(at, Date.now()),
        act: word('desk_answer'),
      };
    }
    case 'overdue':
      return {
        glyph: 'clock',
        isWarning: true,
        title: countWord('desk_today_overdue', todo.count),
        text: countWord('desk_today_overdue_text', todo.hours),
        when: '',
        act: word('desk_today_see'),
      };
    case 'nobody':
      return {
        glyph: 'baton',
        isWarning: true,
        title: countWord('desk_today_nobody', todo.count),
        text: word('desk_today_nobody_text'),
        when: '',
        act: word('desk_today_assign'),
      };
    case 'returned':
      return {
        glyph: 'baton',
        isWarning: false,
        title: countWord('desk_today_returned', todo.count),
        text:
          todo.main === null
            ? ''
            : word('desk_today_returned_text', returnReasonWord(todo.main.reason), todo.main.count),
        when: word('desk_today_returned_of', todo.count, todo.of),
        act: word('desk_today_see'),
      };
    case 'failed':
      return {
        glyph: 'plug',
        isWarning: true,
        title: word('desk_today_failed', todo.status.fileName),
        text: todo.status.failure ?? '',
        when: '',
        act: word('desk_today_check'),
      };
    case 'quiet': {
      const { mapping, format, lastAt, usualDays, days } = todo.source;
      return {
        glyph: 'plug',
        isWarning: true,
        title: word('desk_today_quiet', mapping ?? word(`desk_format_${format}`)),
        text: countWord('desk_today_quiet_text', usualDays),
        when: countWord('desk_today_quiet_since', days, writeDay(lastAt)),
        act: word('desk_today_check'),
      };
    }
    case 'signing':
      return {
        glyph: 'check',
        isWarning: false,
        title: word(`desk_today_${todo.step}`, nameAgreement(todo.agreement)),
        text: word('desk_today_signed_by', todo.by),
        when: writeAgo(todo.at, Date.now()),
        act: word(`desk_today_${todo.step}_act`),
      };
    case 'proposals':
      return {
        glyph: 'criteria',
        isWarning: false,
        title: countWord('desk_today_proposals', todo.count),
        text: nameAgreement(todo.agreement),
        when: todo.since === null ? '' : writeAgo(todo.since, Date.now()),
        act: word('desk_answer'),
      };
    case 'digest':
      return {
        glyph: 'quote',
        isWarning: false,
        title: word('desk_today_digest', nameKept(todo.kept)),
        text: countWord('desk_kept_heard', todo.kept.heard),
        when: word('desk_points_since', writeDay(todo.kept.madeAt)),
        act: word('desk_today_read'),
      };
  }
}

/** A line that asks for something, ending in the one verb that leads to where it is done. */
export function TodoLine({ todo, isSelected }: { todo: Todo; isSelected: boolean }) {
  const line = describe(todo);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isSelected]);
  return (
    <li ref={row} class="todo" aria-current={isSelected ? 'true' : undefined}>
      <span class={line.isWarning ? 'sign warn' : 'sign'}>
        <Glyph name={line.glyph} />
      </span>
      <span style={{ minWidth: 0 }}>
        <span class="cut" style={{ display: 'block', fontWeight: 600 }}>
          <InertText text={line.title} />
        </span>
        <span class="small-text soft">
          {todo.isOwn && <span class="tag info">{word('desk_today_yours')}</span>} <InertText text={line.text} />
        </span>
      </span>
      <span class="small-text faint whole">{line.when}</span>
      <a class="go" href={todo.hash}>
        {line.act}
        {isSelected && <kbd class="no-print">Enter</kbd>}
      </a>
    </li>
  );
}
