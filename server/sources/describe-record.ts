import type {
  AccountFacts,
  ContactFacts,
  InsightFacts,
  OpportunityFacts,
  PlannedFacts,
  RowRecord,
  TouchFacts,
} from './record.ts';

type Told = Omit<RowRecord, 'line'>;

const join = (parts: readonly (string | null | false | undefined)[], sign = ', ') =>
  parts.filter((part) => part !== null && part !== false && part !== undefined && part !== '').join(sign);

const kindWords = (kind: string) => kind.replaceAll('_', ' ');

function describeMoment(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function describeAccount({ name, domains, crm, fields }: AccountFacts): string {
  const { segment, tier, stage, industry, doNotContact } = fields;
  const parts = [segment, tier !== null && `tier ${tier}`, stage, industry, doNotContact === true && 'do not contact'];
  return join([`${name ?? domains[0] ?? crm ?? ''}${domains.length > 0 ? ` (${domains.join(', ')})` : ''}`, ...parts]);
}

function describePerson({ fields, email, crm, linkedin }: ContactFacts): string {
  const known = email ?? crm ?? linkedin ?? '';
  return fields.name === null ? known : `${fields.name} <${known}>`;
}

function describeTouch({ kind, at, detail, isRobot, typeId }: TouchFacts): string {
  const what = typeId ? `activity of type ${typeId}` : kindWords(kind);
  return join([`${what} on ${describeMoment(at)}`, detail, isRobot && 'by a robot']);
}

function describePlanned({ kind, plannedAt, state, detail }: PlannedFacts): string {
  if (state === 'cancelled') return join([`${kindWords(kind)}, cancelled`, detail]);
  return join([`${kindWords(kind)} planned for ${plannedAt === null ? '' : describeMoment(plannedAt)}`, detail]);
}

function describeDeal({ name, externalId, stage, outcome, amount, currency, closesOn }: OpportunityFacts): string {
  const sum = amount !== null && join([amount.toLocaleString('en-US'), currency], ' ');
  return join([name ?? externalId, stage, outcome, sum, closesOn !== null && `closes ${closesOn}`]);
}

function describeInsight({ text, kind, method, at, theme }: InsightFacts): string {
  const day = at !== null && `on ${at.toISOString().slice(0, 10)}`;
  return `${join([kindWords(kind), kindWords(method), day, theme !== null && `theme ${theme}`])}: ${text}`;
}

/** What a row means, in one line for people; at most 300 characters. */
export function describeRecord(record: Told): string {
  return describe(record).replace(/\s+/g, ' ').slice(0, 300);
}

function describe({ account, contact, campaign, touches, planned, opportunity, insight, activityType }: Told): string {
  const at = account !== null && !account.isOwn && (account.name ?? account.domains[0] ?? account.crm);
  const place = at ? `at ${at}` : null;
  const inCampaign = campaign && `campaign ${campaign.name ?? campaign.externalId}`;
  if (activityType) return `Activity type ${activityType.externalId}: ${activityType.name}`;
  if (opportunity) return join([`Opportunity ${describeDeal(opportunity)}`, place, inCampaign]);
  if (insight) return `Insight ${join([contact && `of ${describePerson(contact)}`, place, describeInsight(insight)])}`;
  if (account?.isOwn) return `Account ${describeAccount(account)}`;
  if (contact === null) return 'A change of data, which is no touch: it brings nothing.';
  const events = [...touches.map(describeTouch), ...(planned ? [describePlanned(planned)] : [])];
  const person = join([describePerson(contact), contact.isOwn && contact.fields.title, place]);
  if (events.length === 0) return `Contact ${person}`;
  return `${person}: ${join([events.join('; '), inCampaign])}`;
}
