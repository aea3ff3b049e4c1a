import { type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** A file on its way: first tried (`trial`), then, when the person says so, taken in (`import`). */
export interface Job {
  file: File;
  step: 'trial' | 'import';
  /** Bytes that left this browser. */
  sent: number;
  status: ImportStatus | null;
  isRunning: boolean;
  /** Why it could not be sent at all. */
  failure: string | null;
}

const lookMs = 300;

/** The page of sources: files tried and imported one after the other, and the history. */
export function createSources(desk: Desk) {
  const history = desk.open(z.array(importStatusSchema));
  const jobs = signal<readonly Job[]>([]);

  function change(file: File, next: Partial<Job>): void {
    jobs.value = jobs.value.map((job) => (job.file === file ? { ...job, ...next } : job));
  }

  /** Asks how far the import is until `isOver`: the answer to the upload itself comes only at its end. */
  async function follow(file: File, importId: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await new Promise((done) => setTimeout(done, lookMs));
      const reply = await desk.ask({ method: 'GET', path: `/v1/imports/${importId}` }, importStatusSchema);
      if (reply.ok && !isOver()) change(file, { status: reply.value });
    }
  }

  async function run(file: File, step: Job['step']): Promise<void> {
    change(file, { step, sent: 0, status: null, isRunning: true, failure: null });
    const body = { fileName: file.name, bytes: file.size, dryRun: step === 'trial' };
    const opened = await desk.ask({ method: 'POST', path: '/v1/imports', body }, importTicketSchema);
    if (!opened.ok) return change(file, { isRunning: false, failure: opened.failure.message });
    const { importId, ticket } = opened.value;
    let isOver = false;
    const following = follow(file, importId, () => isOver);
    const storeUrl = desk.connection.value?.storeUrl ?? '';
    const url = new URL(`/v1/imports/${importId}/file`, storeUrl).href;
    const answer = await desk.tools.upload({ url, ticket }, file, (sent) => change(file, { sent }));
    isOver = true;
    await following;
    const status = importStatusSchema.safeParse(answer.body);
    if (status.success) change(file, { status: status.data, isRunning: false });
    else change(file, { isRunning: false, failure: readProblem(answer) });
    await history.reload();
  }

  function readProblem({ status, body }: { status: number; body: unknown }): string {
    const problem = z.object({ detail: z.string() }).safeParse(body);
    if (problem.success) return problem.data.detail;
    return status === 0 ? word('desk_upload_broken') : word('desk_fail_answer', status);
  }

  /** Tries files one after the other. A file is read again from disk for the import itself. */
  async function add(files: readonly File[]): Promise<void> {
    const fresh = files.map(
      (file): Job => ({ file, step: 'trial', sent: 0, status: null, isRunning: true, failure: null }),
    );
    jobs.value = [...fresh, ...jobs.value];
    for (const file of files) await run(file, 'trial');
  }

  return {
    history,
    jobs: jobs as ReadonlySignal<readonly Job[]>,
    open: () => history.show({ method: 'GET', path: '/v1/imports' }),
    add,
    take: (job: Job) => run(job.file, 'import'),
    drop(job: Job) {
      jobs.value = jobs.value.filter((each) => each.file !== job.file);
    },
  };
}

export type Sources = ReturnType<typeof createSources>;
