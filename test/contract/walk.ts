import { issueInvite } from '../../server/auth/invites.ts';
import type { TestDevice } from '../postgres/store.ts';
import { listPushed } from './mutations.ts';
import { walkAgreements } from './walk-agreements.ts';
import { askWalk } from './walk-asks.ts';
import { walkDigests } from './walk-digests.ts';
import { walkFunnel } from './walk-funnel.ts';
import { handingOver, offering } from './walk-hand-overs.ts';
import type { Exchange, World } from './world.ts';

/** What each operation of the document is asked, by its name, in an order in which each finds what it needs. */
export type Walk = Record<string, (world: World) => Promise<Exchange>>;

const everybody = { segments: [], tiers: [], stages: [], activeDays: null };
const csv = 'Email,Full name,Account,Domain\nnoor@quarry.example,Noor Haddad,Quarry Lane,quarry.example\n';
const sitesChange = {
  off: { hubspot: true },
  hosts: { odoo: { add: ['erp.quarry.example'] } },
  own: {
    'own-quarry': {
      name: 'Quarry CRM',
      hosts: ['crm.quarry.example'],
      rule: {
        system: 'quarry',
        records: [{ object: 'contact', isCompany: false, urls: ['/people/{id}'] }],
        fields: { name: ['h1'], email: ['.mail a'] },
      },
    },
  },
};
const mapping = {
  subject: 'contacts',
  columns: [
    { column: 'Mail of theirs', field: 'email' },
    { column: 'What they are called', field: 'full_name' },
  ],
  constants: [],
  dates: 'ymd',
};

/** The secret of a fresh invite. */
export async function makeSecret(world: World, address: string): Promise<string> {
  const { workspaceId } = world.rep.caller;
  const { link } = await issueInvite(world.store.deps, null, workspaceId, { role: 'rep', address, team: null });
  return new URL(link).hash.slice(1);
}

const openImport = (world: World) =>
  world.call('marketer', 'POST', '/v1/imports', { fileName: 'people.csv', bytes: csv.length, dryRun: false });

async function sendFile(world: World): Promise<Exchange> {
  const { importId, ticket } = (await openImport(world)).answer as { importId: string; ticket: string };
  world.ids['importId'] = importId;
  const path = `/v1/imports/${importId}/file`;
  const headers = { Authorization: `Ticket ${ticket}`, 'Content-Type': 'application/octet-stream' };
  const response = await world.store.app.request(path, { method: 'PUT', headers, body: csv });
  const contentType = response.headers.get('content-type') ?? '';
  return {
    method: 'PUT',
    path,
    who: 'anyone',
    request: csv,
    status: response.status,
    contentType,
    answer: await response.json(),
  };
}

async function revokeDevice(world: World): Promise<Exchange> {
  const other: TestDevice = await world.store.signIn(world.rep.caller.workspaceId, 'rep', 'kit@larkspur.example');
  return world.call('admin', 'POST', `/v1/desk/devices/${other.caller.deviceId}/revoke`);
}

async function revokeInvite(world: World): Promise<Exchange> {
  await world.call('admin', 'POST', '/v1/invites', { role: 'rep', address: 'wren@larkspur.example', team: null });
  const { answer } = await world.call('admin', 'GET', '/v1/desk/people');
  const { invites } = answer as { invites: { id: string; state: string }[] };
  const open = invites.find((each) => each.state === 'open');
  return world.call('admin', 'POST', `/v1/desk/invites/${open?.id}/revoke`);
}

async function endSession(world: World): Promise<Exchange> {
  const other = await world.store.signIn(world.rep.caller.workspaceId, 'rep', 'ash@larkspur.example');
  const response = await other.request('DELETE', '/v1/session');
  return {
    method: 'DELETE',
    path: '/v1/session',
    who: 'rep',
    request: null,
    status: response.status,
    contentType: '',
    answer: null,
  };
}

const clueOf = (world: World) => ({ kind: 'email', value: world.ids['address'] });

const savedMapping = async (world: World): Promise<string> => {
  const { answer } = await world.call('marketer', 'PUT', '/v1/imports/mappings', { name: 'Our own table', mapping });
  return (answer as { id: string }).id;
};

/** Everything that can be asked. Begin with the talking point: the mutations speak of it. */
export const walk: Walk = {
  readHealth: (world) => world.call('anyone', 'GET', '/healthz'),
  readReadiness: (world) => world.call('anyone', 'GET', '/readyz'),
  readDocument: (world) => world.call('anyone', 'GET', '/v1/openapi.json'),
  previewInvite: async (world) =>
    world.call('anyone', 'POST', '/v1/invites/preview', { secret: await makeSecret(world, 'new@larkspur.example') }),
  acceptInvite: async (world) => {
    const secret = await makeSecret(world, 'newer@larkspur.example');
    return world.call('anyone', 'POST', '/v1/invites/accept', {
      secret,
      name: 'Robin Hale',
      device: 'Firefox on Linux',
    });
  },
  createInvite: (world) =>
    world.call('admin', 'POST', '/v1/invites', { role: 'marketer', address: 'jo@larkspur.example', team: 'North' }),
  readSession: (world) => world.call('rep', 'GET', '/v1/session'),
  endSession,
  readAudienceChoices: (world) => world.call('marketer', 'GET', '/v1/desk/audience-choices'),
  countReach: (world) => world.call('marketer', 'POST', '/v1/desk/reach', everybody),
  listAudienceAccounts: (world) => world.call('marketer', 'POST', '/v1/desk/audience-accounts', everybody),
  pushTalkingPoint: (world) =>
    world.call('marketer', 'POST', '/v1/desk/talking-points', {
      id: world.ids['talkingPointId'],
      title: 'Shorter set-up',
      text: 'Set-up now takes a day.',
      whyNow: 'Their season begins in March.',
      link: 'https://larkspur.example/set-up',
      campaignId: null,
      startsOn: null,
      expiresOn: null,
      audience: everybody,
    }),
  ...offering,
  pushMutations: (world) => world.call('rep', 'POST', '/v1/push', { mutations: listPushed(world.ids) }),
  pullChanges: (world) => world.call('rep', 'GET', `/v1/pull?after=${world.start}`),
  readPackedSnapshot: (world) => world.call('rep', 'GET', '/v1/snapshot/packed'),
  readOwnPart: (world) => world.call('rep', 'GET', '/v1/snapshot/mine'),
  readBundles: (world) => world.call('rep', 'POST', '/v1/bundles', { ids: [world.ids['accountId']] }),
  readSnapshot: (world) => world.call('rep', 'GET', '/v1/snapshot'),
  followLive: (world) => world.call('rep', 'GET', '/v1/live'),
  waitForChange: (world) => world.call('rep', 'GET', '/v1/live/wait'),
  listTalkingPoints: (world) => world.call('marketer', 'GET', '/v1/desk/talking-points'),
  findAccounts: (world) => world.call('marketer', 'GET', '/v1/desk/accounts?search=a'),
  readPointHistory: (world) =>
    world.call('marketer', 'GET', `/v1/desk/talking-points/${world.ids['talkingPointId']}/history`),
  listPointWords: (world) =>
    world.call('marketer', 'GET', `/v1/desk/talking-points/${world.ids['talkingPointId']}/words`),
  endTalkingPoint: (world) =>
    world.call('marketer', 'POST', `/v1/desk/talking-points/${world.ids['talkingPointId']}/end`),
  resumeTalkingPoint: (world) =>
    world.call('marketer', 'POST', `/v1/desk/talking-points/${world.ids['talkingPointId']}/resume`),
  countSaid: (world) => world.call('marketer', 'GET', '/v1/desk/said?since=2026-01-01T00:00:00.000Z'),
  countSaidByDay: (world) => world.call('marketer', 'GET', '/v1/desk/said/days?zone=Europe/Berlin&days=18'),
  rollUpVerdicts: (world) => world.call('marketer', 'GET', '/v1/desk/lead-quality?by=segment&days=30'),
  previewSegments: (world) =>
    world.call('marketer', 'POST', '/v1/agreements/segments/moves', { segments: [], rulesFirst: true }),
  readCriteriaEvidence: (world) => world.call('rep', 'GET', '/v1/agreements/scorecard/evidence?days=30'),
  readEvidenceBehind: (world) =>
    world.call('marketer', 'GET', '/v1/agreements/scorecard/evidence/behind?criterion=size_core&days=30'),
  listVerdicts: (world) => world.call('marketer', 'GET', '/v1/desk/verdicts?by=campaign&days=30&value=weak'),
  readVerdict: (world) => world.call('marketer', 'GET', `/v1/desk/verdicts/${world.ids['verdictId']}`),
  exportVerdicts: (world) => world.call('marketer', 'GET', '/v1/desk/verdicts/export?by=campaign&days=30'),
  settleVerdict: (world) => world.call('marketer', 'PUT', `/v1/desk/verdicts/${world.ids['verdictId']}/settled`),
  unsettleVerdict: (world) => world.call('marketer', 'DELETE', `/v1/desk/verdicts/${world.ids['verdictId']}/settled`),
  correctContact: (world) =>
    world.call('marketer', 'PATCH', `/v1/desk/contacts/${world.ids['contactId']}`, { title: 'Head of Operations' }),
  ...handingOver,
  readBand: (world) => world.call('marketer', 'GET', '/v1/desk/band?grades=A1,B2,C3,D4'),
  listInsights: (world) => world.call('marketer', 'GET', '/v1/desk/insights?kind=competitor,market&search=Halden'),
  enterInsight: (world) =>
    world.call('marketer', 'POST', '/v1/desk/insights', {
      id: '018f2d1c-1111-4222-8333-000000000014',
      accountId: world.ids['accountId'],
      text: 'Three of eight would pay for set-up.',
      quote: 'We lost a season to it.',
      kind: 'customer',
      method: 'survey',
      theme: 'Set-up',
      swot: 'weakness',
    }),
  fileInsight: (world) =>
    world.call('marketer', 'PATCH', `/v1/desk/insights/${world.ids['insightId']}`, { theme: 'Rivals', swot: 'threat' }),
  answerInsight: (world) =>
    world.call('marketer', 'PUT', `/v1/desk/insights/${world.ids['insightId']}/answer`, {
      kind: 'used',
      text: 'The battlecard of this spring.',
    }),
  takeAnswerBack: (world) => world.call('marketer', 'DELETE', `/v1/desk/insights/${world.ids['insightId']}/answer`),
  ...askWalk,
  readDigest: (world) => world.call('marketer', 'GET', '/v1/desk/digest?from=2026-10-01&until=2026-10-31'),
  ...walkDigests,
  ...walkFunnel,
  findAccountNames: (world) => world.call('marketer', 'GET', '/v1/desk/account-names?search=q'),
  listPeople: (world) => world.call('marketer', 'GET', '/v1/desk/people'),
  setTerritories: (world) =>
    world.call('admin', 'PUT', `/v1/desk/members/${world.rep.caller.memberId}/territories`, { territories: ['North'] }),
  revokeDevice,
  revokeInvite,
  endMembership: async (world) => {
    const other = await world.store.signIn(world.rep.caller.workspaceId, 'rep', 'lee@larkspur.example');
    return world.call('admin', 'POST', `/v1/desk/members/${other.caller.memberId}/end`);
  },
  readHashKeyState: (world) => world.call('admin', 'GET', '/v1/desk/hash-key'),
  rotateHashKey: (world) => world.call('admin', 'POST', '/v1/desk/hash-key/rotate'),
  readRetention: (world) => world.call('admin', 'GET', '/v1/desk/retention'),
  previewRetention: (world) => world.call('admin', 'GET', '/v1/desk/retention/preview?months=24'),
  readSettings: (world) => world.call('marketer', 'GET', '/v1/desk/settings'),
  changeSettings: (world) =>
    world.call('admin', 'PATCH', '/v1/desk/settings', { panelSides: { linkedin: 'side' }, sites: sitesChange }),
  ...walkAgreements,
  openImport,
  previewImport: (world) =>
    world.call('marketer', 'POST', '/v1/imports/preview', { fileName: 'people.csv', head: btoa(csv), isWhole: true }),
  sendFile,
  listImports: (world) => world.call('marketer', 'GET', '/v1/imports'),
  readImport: (world) => world.call('marketer', 'GET', `/v1/imports/${world.ids['importId']}`),
  undoImport: (world) => world.call('marketer', 'POST', `/v1/imports/${world.ids['importId']}/undo`),
  saveMapping: (world) => world.call('marketer', 'PUT', '/v1/imports/mappings', { name: 'Our table', mapping }),
  listMappings: (world) => world.call('marketer', 'GET', '/v1/imports/mappings'),
  renameMapping: async (world) =>
    world.call('marketer', 'PATCH', `/v1/imports/mappings/${await savedMapping(world)}`, { name: 'The other table' }),
  findPerson: (world) => world.call('admin', 'POST', '/v1/desk/persons/find', { clue: clueOf(world) }),
  exportPerson: (world) => world.call('admin', 'POST', '/v1/desk/persons/export', { clue: clueOf(world) }),
  // Not the one of whom the mutations speak: what was asked once is asked again of the next release.
  erasePerson: (world) =>
    world.call('admin', 'POST', '/v1/desk/persons/erase', { clue: { kind: 'email', value: 'nobody@quarry.example' } }),
  dropMapping: async (world) => world.call('marketer', 'DELETE', `/v1/imports/mappings/${await savedMapping(world)}`),
};

/** Asks everything once. By operation, in order. */
export async function walkThrough(world: World): Promise<Map<string, Exchange>> {
  const exchanges = new Map<string, Exchange>();
  for (const [name, ask] of Object.entries(walk)) exchanges.set(name, await ask(world));
  return exchanges;
}
