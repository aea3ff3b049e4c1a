import { crmObject, salesforceRecord } from '../../../utils/identity/crm.ts';
import type { Cells } from '../cells.ts';
import { type Columns, foldName, quote } from '../columns.ts';
import { sourceIdentity } from '../event-identity.ts';
import { RowFault } from '../fault.ts';
import type { AccountFacts, CampaignFacts, OpportunityFacts } from '../record.ts';
import { readAmount, readDay, readFlag } from '../values.ts';

/** Reads one value of a row. */
type Read<T> = (row: Cells) => T;

/** Names of the columns that tell a deal's id, name and stage. They differ most between tools, and some mean other things elsewhere. */
export interface OpportunityColumns {
  id: readonly string[];
  name: readonly string[];
  stage: readonly string[];
  /** Whether an id that is none of Salesforce's is at fault. */
  isSalesforce?: boolean;
}

/** A Salesforce opportunity's id in 18 characters; null when it is none. */
function toRecord(id: string): string | null {
  const record = salesforceRecord(id);
  return record !== null && crmObject(record) === 'opportunity' ? (record.split(':').at(-1) ?? null) : null;
}

const wonWords = new Set([
  'won',
  'closedwon',
  'gewonnen',
  'gagné',
  'gagnée',
  'ganado',
  'ganada',
  'vinto',
  'ganho',
  'ganha',
  'wygrana',
]);
const lostWords = new Set([
  'closedlost',
  'lost',
  'verloren',
  'perdu',
  'perdue',
  'perdido',
  'perdida',
  'perso',
  'przegrana',
]);
const outcomeWords: Readonly<Record<string, OpportunityFacts['outcome']>> = {
  open: 'open',
  offen: 'open',
  pending: 'open',
  inprogress: 'open',
  win: 'won',
  loss: 'lost',
};

/** Won or lost as a stage's own words say it (`Closed won (Sales Pipeline)`); open otherwise. */
function readStageOutcome(stage: string | null): OpportunityFacts['outcome'] {
  const words = (stage ?? '').toLowerCase().split(/[^\p{L}]+/u);
  if (words.some((word) => lostWords.has(word)) || /\b(not|nicht|non) won\b/i.test(stage ?? '')) return 'lost';
  return words.some((word) => wonWords.has(word)) ? 'won' : 'open';
}

function bindOutcome(columns: Columns): (row: Cells, stage: string | null) => OpportunityFacts['outcome'] {
  const outcome = columns.bind('Outcome', 'Result', 'Deal Outcome');
  const won = columns.bind('IsWon', 'Won', 'Is Closed Won', 'Closed Won');
  const lost = columns.bind('IsLost', 'Lost', 'Is Closed Lost', 'Closed Lost');
  const closed = columns.bind('IsClosed', 'Closed', 'Is Deal Closed', 'Deal Closed');
  return (row, stage) => {
    const word = outcome.text(row, 120);
    if (word !== null) {
      const told = outcomeWords[foldName(word)] ?? readStageOutcome(word);
      if (told === 'open' && outcomeWords[foldName(word)] === undefined)
        throw outcome.fault(`${quote(word)} is no outcome: it takes open, won or lost.`);
      return told;
    }
    if (readFlag(won, row) === true) return 'won';
    if (readFlag(lost, row) === true) return 'lost';
    const byStage = readStageOutcome(stage);
    const isClosed = readFlag(closed, row);
    if (isClosed === false) return 'open';
    // Closed, and the table has a column that says it was not won.
    return isClosed === true && byStage === 'open' ? 'lost' : byStage;
  };
}

/** Reads the deal itself. A table without ids tells deals apart by account, name and the day they were made. Throws a `RowFault`. */
export function bindOpportunity(
  columns: Columns,
  names: OpportunityColumns,
): (row: Cells, account: AccountFacts | null) => OpportunityFacts {
  const id = columns.bind(...names.id);
  const name = columns.bind(...names.name);
  const stage = columns.bind(...names.stage);
  const amount = columns.bind('Amount', 'Deal Amount', 'Amount in company currency', 'Value', 'Deal Value');
  const currency = columns.bind(
    'Currency',
    'CurrencyIsoCode',
    'Currency ISO Code',
    'Amount Currency',
    'Opportunity Currency',
    'Deal Currency',
  );
  const closes = columns.bind('Close Date', 'Closes On', 'Closed Date', 'Closed On', 'Expected Close Date');
  const created = columns.bind('Created Date', 'Create Date', 'Created On', 'Opened On', 'Created');
  const readOutcome = bindOutcome(columns);
  return (row, account) => {
    const called = name.text(row);
    const given = id.text(row, 200);
    if (given === null && called === null) throw new RowFault(null, 'The deal has neither an id nor a name.');
    const at = stage.text(row, 120);
    const code = currency.text(row, 20)?.toUpperCase() ?? null;
    if (code !== null && !/^[A-Z]{3}$/.test(code))
      throw currency.fault(`${quote(code)} is no currency: write it as EUR.`);
    const { amount: sum, currency: beside } = readAmount(amount, row);
    const openedOn = readDay(created, row);
    const place = [account?.crm ?? account?.domains[0] ?? account?.name?.toLowerCase() ?? '', called, openedOn].join(
      ':',
    );
    const record = given === null ? null : toRecord(given);
    if (record === null && given !== null && names.isSalesforce)
      throw id.fault(`${quote(given)} is not the Salesforce record id of an opportunity.`);
    return {
      externalId: sourceIdentity(record ?? given, place),
      name: called,
      stage: at,
      outcome: readOutcome(row, at),
      amount: sum,
      currency: code ?? beside,
      closesOn: readDay(closes, row),
      openedOn,
    };
  };
}

/** Reads the campaign that a deal is put down to: by Salesforce's id or by its name. Null when the row names none. */
export function bindSourceCampaign(columns: Columns): Read<CampaignFacts | null> {
  const id = columns.bind('Campaign ID', 'Primary Campaign Source ID');
  const name = columns.bind(
    'Primary Campaign Source: Campaign Name',
    'Primary Campaign Source',
    'Campaign Name',
    'Campaign',
  );
  return (row) => {
    const texts = [id.text(row, 60), name.text(row)];
    const record = texts.find((text) => text !== null && /^701[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$/.test(text)) ?? null;
    const called = texts[1] === record ? null : (texts[1] ?? null);
    // The last three of 18 characters only check the case of the others.
    const externalId = record?.slice(0, 15) ?? null;
    return externalId === null && called === null ? null : { externalId, name: called, channel: null };
  };
}
