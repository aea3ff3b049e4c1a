import { word } from '../../../utils/platform/words.ts';
import { writeAgo } from '../../../utils/view/desk/figures.ts';
import type { Today } from '../../../utils/view/desk/today.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Person } from '../parts/Person.tsx';

/** Who took an invite lately, and whose: an inviter is told, and sees at once if it was not whom they meant. Nothing where nobody did. */
export function JoinedList({ model }: { model: Today }) {
  const joined = model.joined.value;
  if (joined.length === 0) return null;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_today_joined')}</h2>
        <span class="faint">{word('desk_today_joined_check')}</span>
        <span class="space" />
        <a class="go" href="#/people">
          {word('desk_nav_people')}
        </a>
      </div>
      <ul class="stack">
        {joined.map(({ id, name, role, by, at }) => (
          <li key={id} class="row" aria-current={model.selectedLine.value?.id === id ? 'true' : undefined}>
            <Person name={name} />
            <span>
              <b>{cleanText(name)}</b>{' '}
              <span class="soft">
                {word(
                  'desk_today_joined_by',
                  word(`options_role_${role}`),
                  cleanText(by) || word('desk_invited_by_store'),
                )}
              </span>
            </span>
            <span class="space" />
            <span class="small-text faint whole">{writeAgo(at, Date.now())}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
