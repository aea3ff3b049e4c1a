import { z } from 'zod';

/** Ids are UUIDs made where the thing is made (a device names its verdicts, the store its accounts). Branded, so that one kind never stands in for another. */
export const workspaceIdSchema = z.uuid().brand<'WorkspaceId'>();
export const memberIdSchema = z.uuid().brand<'MemberId'>();
export const deviceIdSchema = z.uuid().brand<'DeviceId'>();
export const inviteIdSchema = z.uuid().brand<'InviteId'>();
export const accountIdSchema = z.uuid().brand<'AccountId'>();
export const contactIdSchema = z.uuid().brand<'ContactId'>();
export const campaignIdSchema = z.uuid().brand<'CampaignId'>();
export const touchIdSchema = z.uuid().brand<'TouchId'>();
export const verdictIdSchema = z.uuid().brand<'VerdictId'>();
export const insightIdSchema = z.uuid().brand<'InsightId'>();
export const talkingPointIdSchema = z.uuid().brand<'TalkingPointId'>();
export const outcomeIdSchema = z.uuid().brand<'OutcomeId'>();
export const receiptIdSchema = z.uuid().brand<'ReceiptId'>();
export const askIdSchema = z.uuid().brand<'AskId'>();
export const handOverIdSchema = z.uuid().brand<'HandOverId'>();
export const handOverAnswerIdSchema = z.uuid().brand<'HandOverAnswerId'>();
export const importIdSchema = z.uuid().brand<'ImportId'>();
export const draftIdSchema = z.uuid().brand<'DraftId'>();
export const keptDigestIdSchema = z.uuid().brand<'KeptDigestId'>();
export const agreementNoteIdSchema = z.uuid().brand<'AgreementNoteId'>();

export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export type MemberId = z.infer<typeof memberIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type InviteId = z.infer<typeof inviteIdSchema>;
export type AccountId = z.infer<typeof accountIdSchema>;
export type ContactId = z.infer<typeof contactIdSchema>;
export type CampaignId = z.infer<typeof campaignIdSchema>;
export type TouchId = z.infer<typeof touchIdSchema>;
export type VerdictId = z.infer<typeof verdictIdSchema>;
export type InsightId = z.infer<typeof insightIdSchema>;
export type TalkingPointId = z.infer<typeof talkingPointIdSchema>;
export type OutcomeId = z.infer<typeof outcomeIdSchema>;
export type ReceiptId = z.infer<typeof receiptIdSchema>;
export type AskId = z.infer<typeof askIdSchema>;
export type HandOverId = z.infer<typeof handOverIdSchema>;
export type HandOverAnswerId = z.infer<typeof handOverAnswerIdSchema>;
export type ImportId = z.infer<typeof importIdSchema>;
export type DraftId = z.infer<typeof draftIdSchema>;
export type KeptDigestId = z.infer<typeof keptDigestIdSchema>;
export type AgreementNoteId = z.infer<typeof agreementNoteIdSchema>;

/** A moment in UTC, ISO 8601 with `Z` (`2026-11-20T10:24:00.000Z`). */
export const instantSchema = z.iso.datetime();
/** A calendar day, `YYYY-MM-DD`, with no time zone. */
export const daySchema = z.iso.date();

/** The public id of a workspace's hash key. Never used for a second key. */
export const keyIdSchema = z.string().regex(/^[a-z0-9]{1,16}$/);

/**
 * The keyed hash of a normalised identifier: `<key id>:<base64url of HMAC-SHA-256>`.
 * The id of the workspace's key stands before every key, so that keys made before and after a rotation are never mistaken for each other.
 */
export const identifierKeySchema = z
  .string()
  .regex(/^[a-z0-9]{1,16}:[A-Za-z0-9_-]{43}$/)
  .brand<'IdentifierKey'>();
export type IdentifierKey = z.infer<typeof identifierKeySchema>;
