import { sql } from 'kysely';
import { bodySchemas, type LanguageKind, languageKinds, type WordItem } from '#contract/agreement.ts';
import type { AgreedWords, WorkspaceFacts } from '#contract/bundle.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import { listItems, textOf } from '../../../utils/scoring/agree/language.ts';
import { listRuleGroups } from '../../../utils/scoring/segment.ts';
import type { Scope } from '../../db/scope.ts';
import { readFirstWords } from './first-words.ts';
import type { KeptSignature } from './version.ts';

interface InForce {
  kind: LanguageKind;
  version: number;
  body: unknown;
  publishedAt: Date;
  signatures: KeptSignature[];
}

/** The words of which kinds a card defines, and how a device knows them. */
const definedKinds = { segments: 'segment', stages: 'stage', tiers: 'tier' } as const;

/** What else than its meaning was agreed of a word: of a stage whose it is and for how long, of a segment its groups of rules. */
function listFacts(item: WordItem): Partial<WorkspaceFacts['definitions'][number]> {
  if ('side' in item) return { side: item.side, targetDays: item.targetDays };
  const groups = 'rules' in item ? listRuleGroups(item) : [];
  return groups.length > 0 ? { rules: groups.map((rules) => [...rules]) } : {};
}

/** What words mean on every card, from the agreements in force, or as the workspace came with them where nobody has agreed yet; and of each agreement who signed it. */
export async function readWordsInForce(
  scope: Scope,
  workspaceId: WorkspaceId,
  members: readonly { id: MemberId; name: string }[],
): Promise<Required<Pick<WorkspaceFacts, 'definitions' | 'agreed'>>> {
  const { rows } = await sql<InForce>`
    select distinct on (kind) kind, version, body, published_at, signatures from agreement_version
    where workspace_id = ${workspaceId} and kind = any(${[...languageKinds]}::text[]) order by kind, version desc`.execute(
    scope,
  );
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const definitions: WorkspaceFacts['definitions'] = [];
  for (const [kind, known] of Object.entries(definedKinds) as [keyof typeof definedKinds, 'segment'][]) {
    const found = rows.find((row) => row.kind === kind);
    const body = found ? bodySchemas[kind].parse(found.body) : await readFirstWords(scope, workspaceId, kind);
    for (const item of listItems(kind, body)) {
      const { name: term, definition: text } = item;
      if (text !== '') definitions.push({ term, kind: known, text, ...(found ? listFacts(item) : {}) });
    }
  }
  const agreed = rows.map(({ kind, version, body, publishedAt, signatures }): AgreedWords => {
    const text = textOf(kind, bodySchemas[kind].parse(body));
    const signedBy = signatures.flatMap(({ memberId }) => names.get(memberId) ?? []);
    return { kind, version, publishedAt: publishedAt.toISOString(), signedBy, text };
  });
  return { definitions, agreed };
}
