import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** How large a file of campaign members is, and which of all campaigns it tells of. */
export interface MemberFile {
  rows: number;
  people: number;
  companies: number;
  firstCampaign: number;
}

const statuses = [
  'Sent',
  'Opened',
  'Clicked',
  'Responded',
  'Registered',
  'Attended',
  'No Show',
  'Sent',
  'Sent',
  'Opened',
];
const header =
  '"Id","CampaignId","Campaign.Name","ContactId","LeadId","Status","HasResponded","FirstRespondedDate","CreatedDate","FirstName","LastName","Title","CompanyOrAccount","Email"\r\n';
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A Salesforce record id of 15 characters. */
function recordId(prefix: string, number: number): string {
  let text = '';
  for (let rest = number; text.length < 15 - prefix.length; rest = Math.floor(rest / 62))
    text = `${signs[rest % 62]}${text}`;
  return prefix + text;
}

const two = (number: number) => String(number).padStart(2, '0');

function* writeRows({ rows, people, companies, firstCampaign }: MemberFile): Generator<string> {
  yield header;
  let text = '';
  for (let row = 0; row < rows; row++) {
    // People come in another order than they were made, each in every campaign.
    const person = (row * 7919) % people;
    const campaign = firstCampaign + Math.floor(row / people);
    const status = statuses[(person + campaign) % statuses.length] ?? 'Sent';
    const hasResponded = status !== 'Sent' && status !== 'Opened';
    const day = two(1 + (person % 28));
    const company = person % companies;
    text += `"${recordId('00v5g0', row)}","${recordId('7015g0', campaign)}","Campaign ${campaign} webinar","${recordId('0035g0', person)}","","${status}","${hasResponded}","${hasResponded ? `2026-10-${day}` : ''}","2026-09-${day}T10:${two(Math.floor(person / 60) % 60)}:${two(person % 60)}.000+0000","First${person % 500}","Last${person}","Head of Operations","Company ${company} GmbH","first${person % 500}.last${person}@company${company}.example"\r\n`;
    if (text.length < 262_144) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** Writes Salesforce's CampaignMember as a data loader exports it: every cell quoted, each person in every campaign. */
export async function writeMembers(path: string, file: MemberFile): Promise<void> {
  await pipeline(writeRows(file), createWriteStream(path));
}
