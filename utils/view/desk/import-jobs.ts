import { type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import {
  type ImportPreview,
  type ImportStatus,
  importPreviewSchema,
  importStatusSchema,
  importTicketSchema,
} from '#contract/import.ts';
import { type DateOrder, type ImportMapping, type MappingSubject, savedMappingSchema } from '#contract/mapping.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { type FileHead, readHead } from './file-head.ts';
import { createMappingDraft, fillUp, type MappingDraft, proposeName, setSubject, toMapping } from './mapping-draft.ts';
import type { Reply } from './store.ts';

/**
 * A file on its way. It is looked at first (`look`); when nobody knows its columns, the person says what they mean (`map`); then it is tried
 * (`trial`), and taken in when the person says so (`import`).
 */
export interface Job {
  key: number;
  file: File;
  step: 'look' | 'map' | 'trial' | 'import';
  isRunning: boolean;
  preview: ImportPreview | null;
  /** Baton, or a mapping kept before, knows the table by its columns. */
  isKnown: boolean;
  /** The mapping as it is made; null: the table is read as its columns tell. */
  draft: MappingDraft | null;
  /** The name to keep the mapping under; null: it is not kept. */
  keepAs: string | null;
  /** For times that name no zone. */
  zone: string;
  /** How slashed dates are written; null: as the table shows, or its mapping says. */
  dates: DateOrder | null;
  /** Bytes that left this browser. */
  sent: number;
  status: ImportStatus | null;
  /** Why it could not be looked at or sent at all. */
  failure: string | null;
}

/** What the jobs need beside the Desk. */
export interface JobPorts {
  /** The zone to propose. */
  proposeZone(): string;
  /** An import ended, or a mapping was kept: lists are to be read again. */
  settled(): Promise<void>;
}

const lookMs = 300;
/** A pause in typing after which the first rows are read anew. */
const pauseMs = 250;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Whether an import is still under way in the store. */
export const isUnderWay = ({ state }: ImportStatus): boolean => state === 'running' || state === 'undoing';

/** Files tried and imported one after the other. */
export function createImportJobs(desk: Desk, ports: JobPorts) {
  const jobs = signal<readonly Job[]>([]);
  /** By key: the file's beginning, and the number of the newest look. */
  const heads = new Map<number, FileHead>();
  const looks = new Map<number, number>();
  let lastKey = 0;

  const find = (key: number) => jobs.peek().find((job) => job.key === key);

  function change(key: number, next: Partial<Job>): void {
    jobs.value = jobs.peek().map((job) => (job.key === key ? { ...job, ...next } : job));
  }

  /** Reads the file's beginning as things stand. Answers false when it failed, or when a newer look began. */
  async function look(key: number): Promise<boolean> {
    const job = find(key);
    if (!job) return false;
    const turn = (looks.get(key) ?? 0) + 1;
    looks.set(key, turn);
    let head = heads.get(key);
    try {
      head ??= await readHead(job.file);
    } catch {
      change(key, { isRunning: false, failure: word('desk_import_unreadable') });
      return false;
    }
    heads.set(key, head);
    const mapping = job.draft && toMapping(job.draft);
    const body = {
      fileName: job.file.name,
      ...head,
      zone: job.zone,
      dates: mapping ? null : job.dates,
      mapping,
      subject: job.draft?.subject ?? null,
    };
    const reply = await desk.ask({ method: 'POST', path: '/v1/imports/preview', body }, importPreviewSchema);
    if (looks.get(key) !== turn) return false;
    if (!reply.ok) change(key, { isRunning: false, failure: reply.failure.message });
    else change(key, { preview: reply.value, failure: reply.value.failure });
    return reply.ok && reply.value.failure === null;
  }

  async function lookAfterPause(key: number): Promise<void> {
    const turn = (looks.get(key) ?? 0) + 1;
    looks.set(key, turn);
    await pause(pauseMs);
    if (looks.get(key) === turn) await look(key);
  }

  /** Looks at a new file; what is known is tried at once. */
  async function begin(key: number): Promise<void> {
    change(key, { step: 'look', isRunning: true, failure: null });
    if (!(await look(key))) return change(key, { isRunning: false });
    const isKnown = find(key)?.preview?.format !== null;
    change(key, { isKnown });
    if (isKnown) await run(key, 'trial');
    else openMapping(key);
  }

  function openMapping(key: number): void {
    const job = find(key);
    if (!job?.preview) return;
    const draft = job.draft ?? createMappingDraft(job.preview);
    const keepAs = job.preview.savedMapping?.name ?? job.keepAs ?? proposeName(job.file.name);
    change(key, { step: 'map', isRunning: false, draft, keepAs, status: null });
    void look(key);
  }

  /** Asks how far the import is, until `isOver`: the answer to the upload itself comes only at its end. */
  async function follow(key: number, importId: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await pause(lookMs);
      if (isOver()) return;
      const reply = await desk.ask({ method: 'GET', path: `/v1/imports/${importId}` }, importStatusSchema);
      if (reply.ok && !isOver()) change(key, { status: reply.value });
    }
  }

  /** The file is with the store, or the connection broke: the import ends there, even if the store was stopped and started meanwhile. */
  async function waitForEnd(key: number, importId: string, broken: string): Promise<void> {
    while (find(key)) {
      const reply = await desk.ask({ method: 'GET', path: `/v1/imports/${importId}` }, importStatusSchema);
      const end = readEnd(reply, broken);
      if (reply.ok && reply.value.state !== 'waiting') change(key, { status: reply.value });
      if (end) return change(key, end);
      await pause(reply.ok ? lookMs : lookMs * 5);
    }
  }

  async function run(key: number, step: 'trial' | 'import'): Promise<void> {
    const job = find(key);
    if (!job) return;
    change(key, { step, sent: 0, status: null, isRunning: true, failure: null });
    const mapping = job.draft && toMapping(job.draft);
    if (step === 'import' && mapping && !(await keep(key, mapping))) return;
    const { file, zone } = job;
    const body = {
      fileName: file.name,
      bytes: file.size,
      dryRun: step === 'trial',
      zone,
      dates: mapping ? null : job.dates,
      mapping,
    };
    const opened = await desk.ask({ method: 'POST', path: '/v1/imports', body }, importTicketSchema);
    if (!opened.ok) return change(key, { isRunning: false, failure: opened.failure.message });
    const { importId, ticket } = opened.value;
    let isOver = false;
    const following = follow(key, importId, () => isOver);
    const url = new URL(`/v1/imports/${importId}/file`, desk.connection.value?.storeUrl ?? '').href;
    const answer = await desk.tools.upload({ url, ticket }, file, (sent) => change(key, { sent }));
    isOver = true;
    await following;
    const status = importStatusSchema.safeParse(answer.body);
    if (status.success && !isUnderWay(status.data)) change(key, { status: status.data, isRunning: false });
    else await waitForEnd(key, importId, readProblem(answer));
    await ports.settled();
  }

  /** Keeps the mapping by its name, when one is wished. False: it could not be kept, and the job says why. */
  async function keep(key: number, mapping: ImportMapping): Promise<boolean> {
    const name = find(key)?.keepAs?.trim();
    if (!name) return true;
    const body = { name, mapping };
    const reply = await desk.ask({ method: 'PUT', path: '/v1/imports/mappings', body }, savedMappingSchema);
    if (!reply.ok) change(key, { isRunning: false, failure: reply.failure.message });
    return reply.ok;
  }

  return {
    jobs: jobs as ReadonlySignal<readonly Job[]>,
    /** Looks at files and tries those that are known, one after the other. A file is read again from disk for each step. */
    async add(files: readonly File[]): Promise<void> {
      const fresh = files.map((file): Job => {
        lastKey += 1;
        return {
          key: lastKey,
          file,
          step: 'look',
          isRunning: true,
          preview: null,
          isKnown: false,
          draft: null,
          keepAs: null,
          zone: ports.proposeZone(),
          dates: null,
          sent: 0,
          status: null,
          failure: null,
        };
      });
      jobs.value = [...fresh, ...jobs.peek()];
      for (const { key } of fresh) await begin(key);
    },
    retry: (job: Job) => begin(job.key),
    openMapping: (job: Job) => openMapping(job.key),
    /** Reads the table as its columns tell again. */
    closeMapping(job: Job): Promise<void> {
      change(job.key, { draft: null, keepAs: null });
      return begin(job.key);
    },
    edit(job: Job, draft: MappingDraft): void {
      change(job.key, { draft });
      void lookAfterPause(job.key);
    },
    /** Says what a row is about: what the store guesses for that is filled in where nothing stands yet. */
    async setSubject(job: Job, subject: MappingSubject): Promise<void> {
      if (!job.draft || job.draft.subject === subject) return;
      change(job.key, { draft: setSubject(job.draft, subject) });
      if (!(await look(job.key))) return;
      const { draft, preview } = find(job.key) ?? job;
      const filled = draft && fillUp(draft, preview?.suggestion ?? null);
      if (!filled || filled === draft) return;
      change(job.key, { draft: filled });
      await look(job.key);
    },
    keepAs: (job: Job, keepAs: string | null) => change(job.key, { keepAs }),
    /** Another zone or date order: what was tried is tried again. */
    async read(job: Job, by: { zone?: string; dates?: DateOrder | null }): Promise<void> {
      change(job.key, job.draft && by.dates ? { draft: { ...job.draft, dates: by.dates } } : by);
      if (job.step === 'map') await look(job.key);
      else if (job.draft) await run(job.key, 'trial');
      else await begin(job.key);
    },
    tryOut: (job: Job) => run(job.key, 'trial'),
    take: (job: Job) => run(job.key, 'import'),
    drop(job: Job): void {
      heads.delete(job.key);
      jobs.value = jobs.peek().filter((each) => each.key !== job.key);
    },
  };
}

/** What an answer makes of a job that has nothing more to send; null: it goes on. A store that does not answer may yet. */
function readEnd(reply: Reply<ImportStatus>, broken: string): Partial<Job> | null {
  if (!reply.ok)
    return reply.failure.kind === 'unreachable' ? null : { isRunning: false, failure: reply.failure.message };
  if (reply.value.state === 'waiting') return { isRunning: false, failure: broken };
  return isUnderWay(reply.value) ? null : { isRunning: false };
}

function readProblem({ status, body }: { status: number; body: unknown }): string {
  const problem = z.object({ detail: z.string() }).safeParse(body);
  if (problem.success) return problem.data.detail;
  return status === 0 ? word('desk_upload_broken') : word('desk_fail_answer', status);
}

export type ImportJobs = ReturnType<typeof createImportJobs>;
