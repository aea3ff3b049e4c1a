import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { asPost, type Device } from '../e2e/harness/device.ts';

/** Uploads a table as the Desk does, and answers what came of it. */
export function uploadText(marketer: Device, table: string): Promise<ImportStatus> {
  const bytes = Buffer.from(table);
  return upload(marketer, bytes.length, Readable.from([bytes]));
}

/** The same of a table in a file. Sender and store share the machine's processors here: so it is read and sent with as little work as it takes. */
export async function uploadFile(marketer: Device, path: string): Promise<ImportStatus> {
  const { size } = await stat(path);
  return upload(marketer, size, createReadStream(path, { highWaterMark: 1_048_576 }));
}

async function upload(marketer: Device, bytes: number, body: Readable): Promise<ImportStatus> {
  const opened = await marketer.call('/v1/imports', asPost({ fileName: 'members.csv', bytes, dryRun: false }));
  const { importId, ticket } = importTicketSchema.parse(await opened.json());
  const url = new URL(`/v1/imports/${importId}/file`, opened.url);
  const sending = request(url, {
    method: 'PUT',
    headers: { authorization: `Ticket ${ticket}`, 'content-length': bytes },
  });
  const answered = new Promise<ImportStatus>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (answer) => {
      text(answer).then((told) => resolve(importStatusSchema.parse(JSON.parse(told))), reject);
    });
  });
  const [, status] = await Promise.all([pipeline(body, sending), answered]);
  return status;
}
