import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { asPost, type Device } from '../e2e/harness/device.ts';

/** Uploads a table as the Desk does, and answers what came of it. */
export async function upload(marketer: Device, body: Blob): Promise<ImportStatus> {
  const opened = await marketer.call(
    '/v1/imports',
    asPost({ fileName: 'members.csv', bytes: body.size, dryRun: false }),
  );
  const { importId, ticket } = importTicketSchema.parse(await opened.json());
  const url = new URL(`/v1/imports/${importId}/file`, opened.url);
  const answer = await fetch(url, { method: 'PUT', headers: { authorization: `Ticket ${ticket}` }, body });
  return importStatusSchema.parse(await answer.json());
}
