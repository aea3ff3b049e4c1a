// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PanelStatus, UnsentItem } from '#contract/card.ts';
import type { KeptItem } from '#contract/diagnostics.ts';
import { provideShippedWords } from '../../test/fixtures/words.ts';
import { type ConnectDraft, ConnectForm } from './ConnectForm.tsx';
import { writeUnsent } from './copy-words.ts';
import { FirstSteps } from './FirstSteps.tsx';
import { Glance } from './Glance.tsx';
import { describeTrouble } from './Notice.tsx';
import { SiteList } from './SiteList.tsx';
import type { SiteRow } from './site-words.ts';
import { Unsent } from './Unsent.tsx';

beforeAll(provideShippedWords);

afterEach(() => render(null, document.body));

const status: PanelStatus = {
  connection: 'connected',
  store: 'reached',
  storeSince: null,
  replica: 'ready',
  progress: null,
  asOf: '2026-11-20T10:00:00.000Z',
  clockOffset: 0,
  role: 'rep',
  member: 'Sam Weir',
  workspace: 'Larkspur Instruments',
  unsent: [],
};
const unsent = (sequence: number, delivery: UnsentItem['delivery'], refusal: string | null = null): UnsentItem => ({
  sequence,
  kind: 'recordVerdict',
  detail: 'weak',
  label: 'Dana Ortiz',
  savedAt: '2026-11-20T09:00:00.000Z',
  delivery,
  refusal,
  refusalCode: refusal && 'rule',
  tries: 0,
  retryAt: null,
});
const gmail = (isOn: boolean): SiteRow => ({
  ...{ site: 'gmail', name: 'Gmail', isWanted: isOn, isOn, isMain: true, isBeta: false, fixedBy: null },
  ...{ hosts: ['https://mail.google.com/*'], named: [], missing: [], front: 'https://mail.google.com/', reads: null },
  panel: { side: 'page', fixedBy: null },
});
const kestrel = (isOn: boolean): SiteRow => ({
  ...gmail(isOn),
  ...{ site: 'own-kestrel', name: 'Kestrel CRM', isMain: false, front: null, reads: ['name', 'email'] },
  ...{ hosts: ['https://crm.kestrel.example/*'], named: ['https://crm.kestrel.example/*'] },
  missing: isOn ? [] : ['https://crm.kestrel.example/*'],
});

function draw(what: preact.ComponentChild): string {
  render(what, document.body);
  return document.body.textContent ?? '';
}

const press = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('button, input')]
    .find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name)
    ?.click();

const nothing = () => undefined;
const glance = {
  status,
  store: 'store.example',
  page: null,
  invite: null,
  version: { now: '1.4.0', next: null },
  onSwitch: nothing,
  onSide: nothing,
  onOpenSide: nothing,
  onReport: nothing,
  onJoin: nothing,
  onDesk: nothing,
  onOptions: nothing,
  onRestart: nothing,
};

describe('an invite', () => {
  const draft: ConnectDraft = {
    link: 'https://store.example/join#secret',
    isOffered: true,
    preview: {
      ...{ workspace: 'Larkspur Instruments', invitedBy: 'Maren Vogt', role: 'rep', address: 'sam@larkspur.example' },
      ...{ expiresAt: '2026-11-21T10:00:00.000Z', obstacle: null },
    },
    name: 'Sam Weir',
    complaint: null,
    isBusy: false,
  };
  const acts = { onLink: nothing, onName: nothing, onLook: nothing, onBack: nothing };

  test('is shown with store, workspace, inviter and role, and taken at a press alone', () => {
    const onJoin = vi.fn();
    const said = draw(<ConnectForm {...draft} {...acts} onJoin={onJoin} />);
    for (const fact of [
      ...['store.example', 'Larkspur Instruments', 'Maren Vogt', 'Sales rep', 'sam@larkspur.example'],
      new Date('2026-11-21T10:00:00.000Z').toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }),
    ])
      expect(said).toContain(fact);
    expect(document.body.innerHTML).not.toContain('secret');
    expect(onJoin).not.toHaveBeenCalled();
    press('Join Larkspur Instruments');
    expect(onJoin).toHaveBeenCalledOnce();
  });

  test('that this browser cannot take as it stands is shown all the same, with why and without a way to take it', () => {
    const preview = { ...draft.preview!, obstacle: 'This browser works for somebody else.' };
    const said = draw(<ConnectForm {...draft} preview={preview} {...acts} onJoin={nothing} />);
    expect(said).toContain('Maren Vogt');
    expect(said).toContain('This browser works for somebody else.');
    expect(said).not.toContain('Join Larkspur');
  });
});

describe('the popup', () => {
  test('counts what waits and what was refused apart', () => {
    const rows = [unsent(1, 'refused', 'The rules say no.'), unsent(2, 'saved'), unsent(3, 'sending')];
    expect(draw(<Glance {...glance} status={{ ...status, unsent: rows }} />)).toContain('2 waiting, 1 refused');
    expect(draw(<Glance {...glance} />)).toContain('Nothing: all is sent');
  });

  test('tells at a glance who works here, connected to which store, as of when, and what stands in the way', () => {
    const said = draw(<Glance {...glance} />);
    const at = new Date(status.asOf ?? '').toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    for (const fact of ['Larkspur Instruments', 'Sam Weir, Sales rep', 'store.example, connected', at])
      expect(said).toContain(fact);
    const apart = { ...status, store: 'unreachable' } as const;
    const away = draw(<Glance {...glance} status={apart} />);
    expect(away).toContain('store.example, not connected right now');
    expect(away).toContain(describeTrouble(apart));
    expect(draw(<Glance {...glance} status={{ ...status, connection: 'leaseEnded' }} />)).not.toContain(', connected');
  });

  test('says of the site in view whether it is on, and switches it', () => {
    const onSwitch = vi.fn();
    const on = draw(<Glance {...glance} page={{ host: 'mail.google.com', site: gmail(true) }} onSwitch={onSwitch} />);
    expect(on).toContain('On: Baton reads who is in view here');
    const off = draw(<Glance {...glance} page={{ host: 'mail.google.com', site: gmail(false) }} onSwitch={onSwitch} />);
    expect(off).toContain('Off: nothing of Baton’s runs here');
    press('Gmail');
    expect(onSwitch).toHaveBeenCalledOnce();
  });

  test('offers the Desk to whom it is for', () => {
    const ofRep = draw(<Glance {...glance} />);
    expect(ofRep).not.toContain('Open the Desk');
    expect(ofRep).toContain('Your results');
    expect(draw(<Glance {...glance} status={{ ...status, role: 'marketer' }} />)).toContain('Open the Desk');
  });

  test('tells a newer version that waits, and restarts at a press', () => {
    const restart = vi.fn();
    const version = { now: '1.4.0', next: '1.5.0' };
    expect(draw(<Glance {...glance} version={version} onRestart={restart} />)).toContain('Version 1.5.0 is ready.');
    press('Restart Baton');
    expect(restart).toHaveBeenCalledOnce();
  });

  test('says that the browser does not let it read a site that is meant to be on, and shows the switch as off', () => {
    const site = { ...gmail(true), isOn: false, missing: gmail(true).hosts };
    const said = draw(<Glance {...glance} page={{ host: 'mail.google.com', site }} />);
    expect(said).toContain('your browser does not let Baton read this site');
    expect(document.querySelector('[role=switch]')?.getAttribute('aria-checked')).toBe('false');
  });

  test('asks where LinkedIn’s panel may stand while nobody has said it', () => {
    const choose = vi.fn();
    const panel = { side: null, fixedBy: null } as const;
    const site = { ...gmail(true), site: 'linkedin' as const, name: 'LinkedIn', panel };
    const said = draw(<Glance {...glance} page={{ host: 'www.linkedin.com', site }} onSide={choose} />);
    expect(said).toContain('User Agreement objects');
    document.querySelectorAll<HTMLElement>('input[type=radio]')[1]?.click();
    expect(choose).toHaveBeenCalledWith('side');
  });

  test('on a page of no site says that nothing is read there, and offers no switch', () => {
    expect(draw(<Glance {...glance} page={{ host: 'news.example', site: null }} />)).toContain(
      'Baton reads nothing on news.example.',
    );
    expect(document.querySelector('[role=switch]')).toBeNull();
  });
});

describe('a site that an admin described', () => {
  const list = { passedOver: [], isShort: false, onSwitch: nothing, onAllow: nothing, onSide: nothing };
  const isChecked = () => document.querySelector('[role=switch]')?.getAttribute('aria-checked');

  test('is off until it is allowed, and says who asks, for which host, and what is read there', () => {
    const said = draw(<SiteList {...list} sites={[kestrel(false)]} />);
    expect(said).toContain('An admin of your workspace asks you to let Baton read crm.kestrel.example.');
    expect(said).toContain('what the page shows of it: the name, the e-mail address.');
    expect(said).toContain('Off until you allow it');
    expect(isChecked()).toBe('false');
    const page = { host: 'crm.kestrel.example', site: kestrel(false) };
    expect(draw(<Glance {...glance} page={page} />)).toContain('asks you to let Baton read crm.kestrel.example');
  });

  test('that the admin switched off again cannot be switched on, and says who did it', () => {
    const off: SiteRow = { ...kestrel(false), fixedBy: 'admin' };
    const said = draw(<SiteList {...list} sites={[off]} />);
    expect(said).toContain('Fixed by an admin of your workspace.');
    expect(said).not.toContain('Off until you allow it');
    expect(document.querySelector<HTMLInputElement>('[role=switch]')?.disabled).toBe(true);
  });

  test('with a host that is not allowed yet beside one that is asks for that one alone', () => {
    const allow = vi.fn();
    const row = { ...kestrel(true), missing: ['https://new.kestrel.example/*'] };
    expect(draw(<SiteList {...list} sites={[row]} onAllow={allow} />)).toContain('read new.kestrel.example');
    press('Allow Baton to read new.kestrel.example');
    expect(allow).toHaveBeenCalledWith(row);
    expect(isChecked()).toBe('true');
  });

  test('in words that this version does not know is told of', () => {
    const passedOver = [{ id: 'own-new', name: 'New CRM', at: 'rule.frames', why: 'unknown' }];
    const said = draw(<SiteList {...list} sites={[gmail(true)]} passedOver={passedOver} />);
    expect(said).toContain('New CRM: this version of Baton does not understand');
    expect(said).toContain('rule.frames');
  });
});

describe('the first steps', () => {
  const steps = { status, sites: [gmail(true)], onOpenSite: nothing, onOpenDesk: nothing, children: null };
  const ticks = () => [...document.querySelectorAll('h3')].map((each) => each.textContent);

  test('tell how many accounts of how many are in', () => {
    const loading: PanelStatus = { ...status, replica: 'loading', progress: 0.25 };
    const accounts = { copied: 250, of: 1000 };
    const said = draw(<FirstSteps {...steps} status={loading} accounts={accounts} hasShownCard={false} />);
    expect(said).toContain(`250 of ${(1000).toLocaleString()} accounts`);
    expect(document.querySelector('progress')).toMatchObject({ value: 250, max: 1000 });
  });

  test('of an empty store lead an admin to bring accounts in, and tell a rep who has to', () => {
    const empty = { accounts: { copied: 0, of: 0 }, hasShownCard: false };
    expect(draw(<FirstSteps {...steps} {...empty} />)).toContain('Marketing has to bring them in');
    const open = vi.fn();
    draw(<FirstSteps {...steps} {...empty} status={{ ...status, role: 'admin' }} onOpenDesk={open} />);
    press('Open Sources in the Desk');
    expect(open).toHaveBeenCalledWith('sources');
  });

  test('tick the mail only once a card was shown, and the sites only while one is on', () => {
    const accounts = { copied: 3, of: 3 };
    draw(<FirstSteps {...steps} accounts={accounts} hasShownCard={false} />);
    expect(ticks()).toContain('To do: Open a mail');
    expect(draw(<FirstSteps {...steps} accounts={accounts} hasShownCard />)).toContain('All set');
    expect(ticks()).toContain('Done: Open a mail');
    const said = draw(<FirstSteps {...steps} sites={[gmail(false)]} accounts={accounts} hasShownCard />);
    expect(said).not.toContain('All set');
    expect(ticks()).toContain('To do: Choose where Baton reads');
  });
});

const kept = (item: UnsentItem, body: unknown, isDiscarded = false): KeptItem => ({ ...item, body, isDiscarded });
const insight = kept(
  { ...unsent(1, 'saved'), kind: 'recordInsight', detail: 'They buy in June.' },
  { text: 'They buy in June.' },
);
const refused = kept(unsent(2, 'refused', 'The store does not know this person (any more).'), { value: 'weak' });
const now = Date.parse('2026-11-20T10:00:00.000Z');

test('what is not sent is kept whole in a file, with plain words on each, and why it was refused and what to do', () => {
  expect(JSON.parse(writeUnsent('Not sent', [insight, { ...refused, refusalCode: 'unknown-contact' }], now))).toEqual({
    title: 'Not sent',
    saved: '2026-11-20T10:00:00.000Z',
    items: [
      {
        what: 'Insight: Dana Ortiz',
        done: '2026-11-20T09:00:00.000Z',
        state: 'Saved here',
        kind: 'recordInsight',
        content: { text: 'They buy in June.' },
      },
      {
        what: 'Weak: Dana Ortiz',
        done: '2026-11-20T09:00:00.000Z',
        state:
          'Refused: The store does not know this person (any more). They may have been merged or removed. Look them up again; if they are gone, save your words as a file and tell marketing.',
        kind: 'recordVerdict',
        content: { value: 'weak' },
      },
    ],
  });
});

describe('what is not sent', () => {
  const acts = { onSend: vi.fn(), onSave: vi.fn(), onDiscard: vi.fn(), onUndo: vi.fn() };
  const waiting = { ...insight, tries: 3, retryAt: '2026-11-20T10:04:10.000Z' };

  test('says of each where it stands, when it is tried again, and what to do about a refusal', () => {
    const said = draw(<Unsent items={[waiting, refused]} whose={null} now={now} {...acts} />);
    expect(said).toContain('They buy in June.');
    expect(said).toContain('Saved here, tried 3 times, next try in about 4 min');
    expect(said).toContain('Refused: The store does not know this person (any more). Save it as a file');
  });

  test('never promises a try that is past, or while this browser works for nobody', () => {
    const said = draw(<Unsent items={[waiting]} whose="Sam Weir" now={now + 300_000} {...acts} />);
    expect(said).not.toContain('next try');
    expect(said).toContain('It is sent once Sam Weir joins again, and never under another name.');
    expect(said).not.toContain('Send now');
  });

  test('is discarded at a press, without being asked, and can be taken back', () => {
    draw(<Unsent items={[waiting, { ...refused, isDiscarded: true }]} whose={null} now={now} {...acts} />);
    expect(document.body.textContent).toContain('1 thing discarded.');
    expect(document.body.textContent).not.toContain('Weak');
    press('Discard: Insight: Dana Ortiz');
    expect(acts.onDiscard).toHaveBeenCalledWith([1]);
    press('Discard all');
    expect(acts.onDiscard).toHaveBeenCalledWith('all');
    press('Undo');
    expect(acts.onUndo).toHaveBeenCalledOnce();
  });

  test('is listed by twenties, however much there is', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ ...waiting, sequence: index + 1 }));
    draw(<Unsent items={many} whose={null} now={now} {...acts} />);
    expect(document.querySelectorAll('li')).toHaveLength(20);
  });
});
