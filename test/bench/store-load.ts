import type { ContactId } from '#contract/ids.ts';
import type { Device } from '../e2e/harness/device.ts';
import type { RunningStore } from '../e2e/harness/store.ts';

/** What a stretch of load came to. Times in ms. */
export interface Load {
  perSecond: number;
  samples: number[];
}

/** Runs one worker a device, each without a pause, for that long. A worker's errors end the measurement. */
export async function measureLoad(
  devices: number,
  milliseconds: number,
  once: (device: number) => Promise<void>,
): Promise<Load> {
  const samples: number[] = [];
  const started = performance.now();
  const end = started + milliseconds;
  const work = async (device: number) => {
    while (performance.now() < end) {
      const before = performance.now();
      await once(device);
      samples.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: devices }, (_, device) => work(device)));
  return { perSecond: samples.length / ((performance.now() - started) / 1000), samples };
}

/** A small workspace: accounts with ten people of ten touches each. Answers the people. */
export async function fillStore(store: RunningStore, device: Device, size: { accounts: number }): Promise<ContactId[]> {
  const workspace = device.session.workspace.id;
  const people = size.accounts * 10;
  await fillPeople(store, workspace, { ...size, contactsEach: 10, touchesEach: 10 });
  await fillTouches(store, workspace, { from: 0, to: people, each: 10 });
  await store.sql('analyze');
  return Array.from({ length: people }, (_, number) => idOf('contact', number) as ContactId);
}

/** How large a workspace is made. */
export interface Size {
  accounts: number;
  contactsEach: number;
  touchesEach: number;
}

/** Spreads numbers over 48 bits, as the ends of real ids are spread; odd, so that no two fall together. */
const spread = 175_927_216_234_001n;
const whole = 2n ** 48n;

/** Where in an id its kind stands. */
const blocks = { account: '8000', contact: '8001', verdict: '8002', point: '8003', campaign: '8004', insight: '8005' };

/** The id of the account, contact or other row with that number. */
export const idOf = (kind: keyof typeof blocks, number: number): string =>
  `00000000-0000-4000-${blocks[kind]}-${((BigInt(number) * spread) % whole).toString(16).padStart(12, '0')}`;

/** The same as SQL; `number` is an expression. */
export const writeId = (kind: keyof typeof blocks, number: string): string => sqlId(blocks[kind], number);
const sqlId = (block: string, number: string): string =>
  `('00000000-0000-4000-${block}-' || lpad(to_hex((((${number})::numeric * ${spread}) % ${whole})::bigint), 12, '0'))::uuid`;

/** Accounts with a domain, and their people with an address each, made inside the database. */
export async function fillPeople(store: RunningStore, workspace: string, size: Size): Promise<void> {
  const contacts = size.accounts * size.contactsEach;
  await store.sql(
    `insert into account (workspace_id, id, name, segment, tier, stage, industry, employees)
     select $1, ${sqlId('8000', 'n')}, 'Company ' || n, 'Mid-market manufacturing', 1 + n % 3, 'Engaged', 'Metal casting', 100 + n % 900
     from generate_series(0, $2::int - 1) n`,
    [workspace, size.accounts],
  );
  await store.sql(
    `insert into contact (workspace_id, id, account_id, name, title)
     select $1, ${sqlId('8001', 'n')}, ${sqlId('8000', 'n / $3::int')}, 'Person ' || n, 'Head of Operations'
     from generate_series(0, $2::int - 1) n`,
    [workspace, contacts, size.contactsEach],
  );
  await store.sql(
    `insert into identifier (workspace_id, kind, value, account_id)
     select $1, 'domain', 'c' || lpad(n::text, 9, '0') || '.example', ${sqlId('8000', 'n')} from generate_series(0, $2::int - 1) n`,
    [workspace, size.accounts],
  );
  await store.sql(
    `insert into identifier (workspace_id, kind, value, contact_id)
     select $1, 'email', 'p' || lpad(n::text, 9, '0') || '@customer.example', ${sqlId('8001', 'n')} from generate_series(0, $2::int - 1) n`,
    [workspace, contacts],
  );
}

/** Touches of the people from number `from` to before `to`, `each` a person, in the order of time as they come in: a person's lie far from each other. */
export async function fillTouches(
  store: RunningStore,
  workspace: string,
  range: { from: number; to: number; each: number },
): Promise<void> {
  for (let round = 0; round < range.each; round++)
    await store.sql(
      `insert into touch (workspace_id, id, source, external_id, contact_id, kind, at, detail)
       select $1, ${sqlId(`9${String(round).padStart(3, '0')}`, 'n')}, 'bench', $4::int || ' ' || lpad(n::text, 9, '0'), ${sqlId('8001', 'n')},
         (array['opened', 'clicked', 'attended', 'sent'])[1 + (n + $4::int) % 4], now() - ($5::int - $4::int) * interval '9 days', 'Spring webinar'
       from generate_series($2::int, $3::int - 1) n`,
      [workspace, range.from, range.to, round, range.each],
    );
}
