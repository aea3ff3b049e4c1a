import type { Mutation } from '#contract/mutation.ts';

/** One of each kind of mutation, in an order in which the store takes them all. `ids` are those of a world whose talking point is pushed. */
export function listMutations(ids: Record<string, string>): Mutation[] {
  const profile = { kind: 'linkedin', value: 'dana-ortiz-kestrel' };
  const insight = { accountId: ids['accountId'], contactId: ids['contactId'], kind: 'competitor', method: 'interview' };
  const outcome = { talkingPointId: ids['talkingPointId'], accountId: ids['accountId'], contactId: ids['contactId'] };
  const place = { accountId: ids['accountId'], contactId: ids['contactId'] };
  const answer = { handOverId: ids['handOverId'], contactId: ids['contactId'] };
  const taken = { answer: 'accepted', way: null, reason: null, line: null };
  const givenBack = { answer: 'returned', way: 'recycle', reason: 'bad_timing', line: 'After the harvest.' };
  const mutations = [
    {
      kind: 'recordVerdict',
      body: { verdictId: ids['undoneVerdictId'], contactId: ids['contactId'], value: 'strong', shown: null },
    },
    { kind: 'undoVerdict', body: { verdictId: ids['undoneVerdictId'] } },
    {
      kind: 'recordVerdict',
      body: {
        verdictId: ids['verdictId'],
        contactId: ids['contactId'],
        value: 'weak',
        shown: { grade: 'B3', points: 41.5, scorecardVersion: 1 },
      },
    },
    { kind: 'setVerdictReason', body: { verdictId: ids['verdictId'], reason: 'bad_timing' } },
    {
      kind: 'recordInsight',
      body: {
        ...insight,
        insightId: ids['insightId'],
        text: 'They compare us with Halden.',
        quote: 'Halden was here on Monday.',
      },
    },
    { kind: 'recordInsight', body: { ...insight, insightId: ids['withdrawnInsightId'], text: 'A slip.', quote: null } },
    { kind: 'withdrawInsight', body: { insightId: ids['withdrawnInsightId'] } },
    { kind: 'countSeen', body: { talkingPointId: ids['talkingPointId'], day: new Date().toISOString().slice(0, 10) } },
    { kind: 'recordOutcome', body: { ...outcome, outcomeId: ids['undoneOutcomeId'], outcome: 'copied' } },
    { kind: 'undoOutcome', body: { outcomeId: ids['undoneOutcomeId'] } },
    { kind: 'recordOutcome', body: { ...outcome, outcomeId: ids['outcomeId'], outcome: 'landed' } },
    { kind: 'answerHandOver', body: { ...answer, answerId: ids['undoneAnswerId'], ...taken } },
    { kind: 'undoHandOverAnswer', body: { ...answer, answerId: ids['undoneAnswerId'] } },
    { kind: 'answerHandOver', body: { ...answer, answerId: ids['answerId'], ...givenBack } },
    {
      kind: 'recordAsk',
      body: { ...place, askId: ids['askId'], kind: 'material', text: 'A price sheet for their board.' },
    },
    { kind: 'recordAsk', body: { ...place, askId: ids['withdrawnAskId'], kind: 'other', text: 'A slip.' } },
    { kind: 'withdrawAsk', body: { askId: ids['withdrawnAskId'] } },
    {
      kind: 'addContact',
      body: {
        contactId: ids['newContactId'],
        accountId: ids['accountId'],
        address: 'lena.brandt@kestrel-foundry.example',
        name: 'Lena Brandt',
      },
    },
    { kind: 'linkIdentifier', body: { clue: profile, contactId: ids['contactId'] } },
    { kind: 'unlinkIdentifier', body: { clue: profile } },
  ];
  return mutations as Mutation[];
}

/** The same as a push sends them, numbered from 1. */
export function listPushed(ids: Record<string, string>): (Mutation & { sequence: number; at: string })[] {
  return listMutations(ids).map((each, index) => ({ ...each, sequence: index + 1, at: new Date().toISOString() }));
}
