import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { z } from 'zod';
import type { MessageAnswer, Outcome } from '#contract/message.ts';
import type { RuleReport } from '#contract/rule-report.ts';
import type { OwnSite } from '#contract/settings.ts';
import { type Address, type AddressBar, createAddress } from './place.ts';
import { type Ask, createResource, type Resource } from './resource.ts';
import { askStore, type CallStore, type StoreRequest } from './store.ts';

/** Who is signed in, and at which store; null: nobody. */
export type Connection = MessageAnswer<'getSession'>;

/** A few words kept in this browser: drafts, when the Desk was last open. */
export interface Shelf {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

/** What the Desk needs of the world; its entrypoint passes it in. */
export interface DeskTools {
  callStore: CallStore;
  getSession(): Promise<Connection>;
  openOptions(): void;
  copy(text: string): Promise<void>;
  bar: AddressBar;
  shelf: Shelf;
  /** Sends a file to the store by itself, with a ticket. */
  upload: Upload;
  pages: OpenPages;
  /** Hands texts, one after the other, over as one file, into the browser's downloads. */
  save(fileName: string, ...texts: (string | Blob)[]): void;
}

/** The browser's open pages, on which a rule is tried. Of no page is anything known before the browser was asked for its host. */
export interface OpenPages {
  /** Asks the browser for these hosts (match patterns); must be called within a press. False: the person said no. */
  allow(patterns: readonly string[]): Promise<boolean>;
  /** These hosts are needed no more. */
  letGo(patterns: readonly string[]): Promise<void>;
  /** The tabs that are open there, the one that was last in view first. */
  list(patterns: readonly string[]): Promise<{ id: number; title: string; url: string }[]>;
  /** Reads a tab by the rule of a site that is being written. */
  read(tabId: number, site: OwnSite): Promise<Outcome<RuleReport>>;
}

/** Sends `file` with the ticket; `onSent` hears how many bytes are on their way. Answers the status and body, status 0 when the store gave none. */
export type Upload = (
  to: { url: string; ticket: string },
  file: Blob,
  onSent: (bytes: number) => void,
) => Promise<{ status: number; body: unknown }>;

/** A line at the foot that says what was done, with a way back where there is one. */
export interface Notice {
  text: string;
  undo: (() => void) | null;
}

/** The Desk as its pages see it. */
export interface Desk {
  tools: DeskTools;
  address: Address;
  ask: Ask;
  /** undefined: not known yet. */
  readonly connection: ReadonlySignal<Connection | undefined>;
  /** Milliseconds since 1970; null: not yet. */
  readonly reachedAt: ReadonlySignal<number | null>;
  readonly unreachableSince: ReadonlySignal<number | null>;
  /** True once the store refused this device. */
  readonly isSignedOut: ReadonlySignal<boolean>;
  readonly notice: ReadonlySignal<Notice | null>;
  notify(text: string, undo?: () => void): void;
  dismissNotice(): void;
  /** A resource that is fetched again whenever something changed. */
  open<S extends z.ZodType>(schema: S, options?: { isDetail?: boolean }): Resource<z.output<S>>;
  /** Something changed in the store: fetches all that is shown again. */
  refresh(): void;
  /** A page was left: what it showed is no longer fetched. */
  rest(): void;
  /** Asks who is signed in. */
  connect(): Promise<void>;
  readonly isMarketer: ReadonlySignal<boolean>;
}

/** Puts the Desk together. Nothing is asked before `connect`. */
export function createDesk(tools: DeskTools, firstPage: string): Desk {
  const connection = signal<Connection | undefined>(undefined);
  const reachedAt = signal<number | null>(null);
  const unreachableSince = signal<number | null>(null);
  const isSignedOut = signal(false);
  const notice = signal<Notice | null>(null);
  const resources: Resource<unknown>[] = [];

  const ask: Ask = async (request: StoreRequest, schema) => {
    const reply = await askStore(tools.callStore, request, schema);
    const kind = reply.ok ? null : reply.failure.kind;
    batch(() => {
      if (kind === 'unreachable') unreachableSince.value ??= Date.now();
      else {
        unreachableSince.value = null;
        reachedAt.value = Date.now();
      }
      isSignedOut.value = kind === 'signedOut';
    });
    return reply;
  };

  return {
    tools,
    address: createAddress(tools.bar, firstPage),
    ask,
    connection,
    reachedAt,
    unreachableSince,
    isSignedOut,
    notice,
    notify(text, undo) {
      notice.value = { text, undo: undo ?? null };
    },
    dismissNotice() {
      notice.value = null;
    },
    open(schema, options) {
      const resource = createResource(ask, schema, options);
      resources.push(resource as Resource<unknown>);
      return resource;
    },
    refresh() {
      for (const resource of resources) void resource.reload();
    },
    rest() {
      for (const resource of resources) resource.rest();
    },
    async connect() {
      connection.value = await tools.getSession();
    },
    isMarketer: computed(() => {
      const role = connection.value?.session.member.role;
      return role === 'marketer' || role === 'admin';
    }),
  };
}
