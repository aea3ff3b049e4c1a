import type { Generated } from 'kysely';

/** Customer companies and people there: who they are, and who is to be forgotten. */
export interface AccountTables {
  account: AccountTable;
  accountStage: AccountStageTable;
  segmentProgress: SegmentProgressTable;
  contact: ContactTable;
  identifier: IdentifierTable;
  identifierChoice: IdentifierChoiceTable;
  definition: DefinitionTable;
  suppression: SuppressionTable;
  erasure: ErasureTable;
}

export interface AccountTable {
  workspaceId: string;
  id: string;
  name: string;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  industry: string | null;
  employees: number | null;
  country: string | null;
  territory: string | null;
  ownerAddress: string | null;
  doNotContact: Generated<boolean>;
  latestWin: string | null;
  technologies: Generated<string | null>;
  isRuled: Generated<boolean>;
  givenSegment: Generated<string | null>;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface AccountStageTable {
  workspaceId: string;
  accountId: string;
  fromAt: Date;
  untilAt: Date | null;
  stage: string | null;
  isFirstSeen: Generated<boolean>;
  importId: string | null;
}

export interface SegmentProgressTable {
  workspaceId: string;
  version: number;
  after: string;
  isQuiet: boolean;
}

export interface ContactTable {
  workspaceId: string;
  id: string;
  accountId: string | null;
  name: string | null;
  title: string | null;
  buyingRole: string | null;
  country: string | null;
  doNotContact: Generated<boolean>;
  addedBy: string | null;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface IdentifierTable {
  workspaceId: string;
  kind: 'email' | 'domain' | 'linkedin' | 'linkedinCompany' | 'crm';
  value: string;
  accountId: string | null;
  contactId: string | null;
  linkedBy: string | null;
  linkedAt: Generated<Date>;
}

export interface IdentifierChoiceTable {
  workspaceId: string;
  kind: IdentifierTable['kind'];
  value: string;
  contactId: string;
  chosenBy: string;
  chosenAt: Generated<Date>;
}

export interface DefinitionTable {
  workspaceId: string;
  kind: 'segment' | 'tier' | 'stage';
  term: string;
  text: string;
}

export interface SuppressionTable {
  workspaceId: string;
  digest: Buffer;
  erasedAt: Generated<Date>;
}

export interface ErasureTable {
  workspaceId: string;
  contactId: string;
  byMember: string | null;
  at: Generated<Date>;
}
