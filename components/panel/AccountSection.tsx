import { useState } from 'preact/hooks';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Candidate, Card } from '#contract/card.ts';
import type { InsightAnswer } from '#contract/insight.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { InertText } from '../ui/InertText.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { PeopleList } from './PeopleList.tsx';
import { Terms } from './Terms.tsx';
import { dayInline } from './wording.ts';

interface AccountSectionProps {
  card: Card;
  facts: WorkspaceFacts | null;
  /** Where no score stands above, the terms stand here. */
  hasTerms: boolean;
  now: number;
  onOpen: (person: Pick<Candidate, 'contactId' | 'accountId'>) => void;
}

type CardInsight = Card['insights'][number];

/** What marketing answered to who wrote it; a kind that a newer store sends is told as an answer. */
function Answer({ answer }: { answer: InsightAnswer }) {
  const key = `panel_answer_${answer.kind}`;
  const said = word(key, cleanText(answer.by), cleanText(answer.text));
  return (
    <p class="answer">
      {said === key ? word('panel_answer_other', cleanText(answer.by), cleanText(answer.text)) : said}
    </p>
  );
}

/** Who heard it of whom; of an imported one, which table it comes from. */
function heardWord({ contact, by, isImported }: CardInsight): string {
  if (isImported) return word('panel_heard_in', cleanText(by));
  if (contact === null) return word('panel_heard_by', cleanText(by));
  return word('panel_heard_from', cleanText(contact), cleanText(by));
}

function InsightQuote({ insight, now }: { insight: CardInsight; now: number }) {
  const isQuoted = insight.quote !== null && insight.quote.trim() !== '';
  const method = word(`panel_method_${insight.method}`);
  const told = [
    heardWord(insight),
    method === `panel_method_${insight.method}` ? insight.method.replaceAll('_', ' ') : method.toLowerCase(),
    insight.delivery === 'sent' ? dayInline(insight.at, now) : word('panel_not_sent_yet'),
  ];
  return (
    <blockquote class="quote">
      {isQuoted && insight.quote !== null && (
        <p>
          {'\u201c'}
          <InertText text={insight.quote} />
          {'\u201d'}
        </p>
      )}
      <p>
        <InertText text={insight.text} />
      </p>
      <footer>{told.join(', ')}</footer>
      {insight.answer && <Answer answer={insight.answer} />}
    </blockquote>
  );
}

function Insights({ insights, now }: { insights: CardInsight[]; now: number }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? insights : insights.slice(0, 2);
  return (
    <>
      {shown.map((insight) => (
        <InsightQuote key={insight.id} insight={insight} now={now} />
      ))}
      {insights.length > shown.length && (
        <button type="button" class="button ghost more" onClick={() => setWhole(true)}>
          {countWord('panel_more', insights.length - shown.length)}
        </button>
      )}
    </>
  );
}

/** The account: who decides there, what colleagues heard, the latest win. */
export function AccountSection({ card, facts, hasTerms, now, onOpen }: AccountSectionProps) {
  const { account } = card;
  if (account === null) return null;
  const people = card.people.map((person) => ({
    ...person,
    note: [person.title, person.role?.toLowerCase()].filter(Boolean).join(', ') || null,
  }));
  return (
    <section id="account" tabIndex={-1} aria-label={word('panel_account')}>
      <div class="heading">
        <h2>{cleanText(account.name)}</h2>
        {people.length > 0 && <span class="when">{countWord('panel_buying_group', people.length)}</span>}
      </div>
      {hasTerms && <Terms account={account} facts={facts} now={now} />}
      {people.length > 0 && <PeopleList people={people} most={5} onOpen={onOpen} />}
      <Insights insights={card.insights} now={now} />
      {account.latestWin && (
        <p class="win" title={cleanText(account.latestWin)}>
          <Icon name="trophy" />
          <span class="cut">{cleanText(account.latestWin)}</span>
        </p>
      )}
    </section>
  );
}
