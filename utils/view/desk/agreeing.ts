import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import type { AnyAgreement, Side } from '#contract/agreement.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import type { Resource } from './resource.ts';
import type { StoreRequest } from './store.ts';

/** So long nothing more must be changed before it is saved. */
const restMs = 500;

/** What a person has changed and the store has not confirmed. `base`: the state of the draft that it was changed from, by its revision. */
export interface LocalEdit<Body> {
  revision: number;
  base: Body;
  body: Body;
}

/** Somebody else saved something else for the same part; nothing of one's own is lost, and nothing is saved until it is settled. */
export interface Clash<Body, Part> {
  clashes: Part[];
  revision: number;
  body: Body;
}

/** What differs from agreement to agreement. */
interface AgreeingWays<Body, Agreed, Part> {
  /** Of the store. */
  path: string;
  schema: z.ZodType<Agreed>;
  bodySchema: z.ZodType<Body>;
  clashSchema: z.ZodType<Part>;
  /** What a person has changed, put onto a newer state of the draft. Their own holds where both changed the same. */
  rebase(edit: LocalEdit<Body>, draft: { revision: number; body: Body }): LocalEdit<Body>;
  /** Settles clashes on top of the state that was saved meanwhile: `mine` names the parts where one's own holds. */
  settle(
    edit: LocalEdit<Body>,
    saved: Clash<Body, Part>,
    clashes: readonly Part[],
    mine: ReadonlySet<string>,
  ): LocalEdit<Body>;
  /** What is said once a version is in force, or in force again. */
  words: { published: string; reverted: string };
}

/** An agreement as it is worked on: what is in force, the draft that everybody works on, what is not yet saved of it, signatures, and what is said. */
export function createAgreeing<Body, Agreed extends AnyAgreement, Part>(
  desk: Desk,
  { path, schema, bodySchema, clashSchema, ...ways }: AgreeingWays<Body, Agreed, Part>,
) {
  const agreement = desk.open(schema) as Resource<Agreed>;
  const local = signal<LocalEdit<Body> | null>(null);
  const clash = signal<Clash<Body, Part> | null>(null);
  const failure = signal<string | null>(null);
  const isSaving = signal(false);
  const clashProblemSchema = z.object({
    clashes: z.array(clashSchema).min(1),
    revision: z.number().int(),
    body: bodySchema,
  });
  /** What the next save says of itself in the draft's history. */
  let note: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  type Draft = { id: string; revision: number; body: Body };
  const toDraft = (agreed: Agreed | null): Draft | null => (agreed?.draft ?? null) as Draft | null;
  const draftOf = (): Draft | null => toDraft(agreement.value.peek());

  /** What is shown as the draft: what is saved, with what is not yet saved on top of it. */
  const body = computed<Body | null>(() => {
    const draft = toDraft(agreement.value.value);
    if (local.value === null || !draft) return draft?.body ?? null;
    return ways.rebase(local.value, draft).body;
  });

  /** Asks for a change, and shows the agreement as it is then. Answers it; null: refused, and said why. */
  async function act(method: StoreRequest['method'], below: string, wish?: unknown): Promise<Agreed | null> {
    const reply = await desk.ask({ method, path: path + below, body: wish }, schema);
    await agreement.reload();
    if (reply.ok) return reply.value as Agreed;
    desk.notify(reply.failure.message);
    return null;
  }

  const named = () => {
    const draft = draftOf();
    return draft && { draftId: draft.id, revision: draft.revision };
  };

  async function save(): Promise<void> {
    const draft = draftOf();
    if (!local.value || !draft || isSaving.value || clash.value) return;
    const sent = local.value;
    isSaving.value = true;
    const isSaved = await send(sent, draft.id);
    // Only now: until the new revision stands here, what is changed would be told of the old one, and clash with oneself.
    isSaving.value = false;
    if (local.value && (isSaved || local.value !== sent)) saveSoon();
  }

  /** Saves one state of the draft, and puts what was changed meanwhile on top of it. Answers whether the store took it. */
  async function send(sent: LocalEdit<Body>, draftId: string): Promise<boolean> {
    const wish = { draftId, revision: sent.revision, body: sent.body, note };
    const reply = await desk.ask({ method: 'PUT', path: `${path}/draft`, body: wish }, schema);
    if (!reply.ok) {
      const met = clashProblemSchema.safeParse(reply.failure.problem);
      if (met.success) clash.value = met.data as Clash<Body, Part>;
      failure.value = met.success ? null : reply.failure.message;
      await agreement.reload();
      return false;
    }
    failure.value = null;
    note = null;
    await agreement.reload();
    const saved = toDraft(reply.value as Agreed);
    // What was changed while it was on its way is still to be saved, on top of that.
    const rest: LocalEdit<Body> | null = local.value === sent ? null : local.value;
    local.value =
      rest && saved ? ways.rebase({ revision: sent.revision, base: sent.body, body: rest.body }, saved) : null;
    return true;
  }

  function saveSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), restMs);
  }

  /** Changes the draft here at once, and in the store soon. Without a draft one is opened first. */
  async function edit(change: (body: Body) => Body): Promise<void> {
    if (draftOf() === null && (await act('POST', '/draft', {})) === null) return;
    const draft = draftOf();
    if (!draft) return;
    const from = local.value
      ? ways.rebase(local.value, draft)
      : { revision: draft.revision, base: draft.body, body: draft.body };
    local.value = { ...from, body: change(from.body) };
    saveSoon();
  }

  return {
    agreement,
    body,
    clash: clash as ReadonlySignal<Clash<Body, Part> | null>,
    /** Why the last save did not work; what was changed stands here and is tried again with the next change. */
    failure: failure as ReadonlySignal<string | null>,
    isUnsaved: computed(() => local.value !== null),
    act,
    edit,
    /** What the next save says of itself. */
    noteNext(text: string): void {
      note = text;
    },
    show: () => agreement.show({ method: 'GET', path }),
    begin: () => act('POST', '/draft', {}),
    retry: save,
    /** `mine`: the parts where one's own change is to hold. */
    async settle(mine: ReadonlySet<string>): Promise<void> {
      if (!local.value || !clash.value) return;
      local.value = ways.settle(local.value, clash.value, clash.value.clashes, mine);
      clash.value = null;
      await save();
    },
    async discard(): Promise<void> {
      clearTimeout(timer);
      local.value = null;
      clash.value = null;
      const draft = draftOf();
      if (draft) await act('POST', '/draft/withdraw', { draftId: draft.id });
    },
    /** Tells the others that whoever is named to sign has the draft before them. What keeps that from being said keeps nobody from signing. */
    async see(): Promise<void> {
      const reply = await desk.ask({ method: 'POST', path: `${path}/draft/seen`, body: named() }, schema);
      if (reply.ok) await agreement.reload();
    },
    sign: (side: Side) => act('POST', '/draft/sign', { ...named(), side }),
    unsign: (side: Side) => act('POST', '/draft/unsign', { ...named(), side }),
    async publish(reason: string): Promise<boolean> {
      const done = await act('POST', '/draft/publish', { ...named(), reason });
      if (done) desk.notify(word(ways.words.published, done.inForce.version));
      return done !== null;
    },
    async revert(version: number, reason: string): Promise<boolean> {
      const done = await act('POST', '/revert', { version, reason });
      if (done) desk.notify(word(ways.words.reverted, done.versions[0]?.revertsTo ?? version - 1));
      return done !== null;
    },
    say: (kind: 'comment' | 'dispute', text: string) => act('POST', '/notes', { kind, text }),
    answer: (id: string, state: 'taken' | 'declined') => act('POST', `/notes/${id}/answer`, { state }),
    nameSigners: (sales: readonly string[], arbiter: string | null) => act('PUT', '/signers', { sales, arbiter }),
  };
}

/** What the parts that every agreement shares need of its model. */
export type Agreeing = Pick<
  ReturnType<typeof createAgreeing<unknown, AnyAgreement, unknown>>,
  | 'isUnsaved'
  | 'failure'
  | 'begin'
  | 'discard'
  | 'retry'
  | 'settle'
  | 'see'
  | 'sign'
  | 'unsign'
  | 'publish'
  | 'revert'
  | 'say'
  | 'answer'
  | 'nameSigners'
>;
