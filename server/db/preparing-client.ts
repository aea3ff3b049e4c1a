import { createHash } from 'node:crypto';
import pg from 'pg';

/** More distinct statements than this process should have; beyond, statements are sent unnamed. */
const mostNames = 1000;
/** Longer texts come from lists of values, and hardly come twice. */
const longestText = 6000;
const names = new Map<string, string>();

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames || text.length > longestText) return null;
  const name = `b${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  names.set(text, name);
  return name;
}

/** What `StoreClient` takes beside pg's own configuration. */
export interface StoreClientConfig extends pg.ClientConfig {
  /** Statements with values are named by their text: PostgreSQL reads and plans each once a connection. Shared by a pool's connections. */
  preparing?: Preparing;
}

/** Whether a pool's statements are prepared. `onRefused` is called once, when they cannot be any more. */
export interface Preparing {
  isOn: boolean;
  onRefused: () => void;
}

/** PostgreSQL does not know a name that we gave, or knows it already: a pooler that does not know of names gave us another connection. */
const namesLost = new Set(['26000', '42P05']);

/**
 * A connection of the store's pools. Statements of one transaction may be asked at once: they are written to PostgreSQL together and answered in order.
 * The session's zone is UTC, told in a way that a pooler in transaction mode takes over (it refuses `options`).
 */
export class StoreClient extends pg.Client {
  readonly #preparing: Preparing;

  constructor(config: StoreClientConfig = {}) {
    super({ ...config, pipeline: true } as pg.ClientConfig);
    this.#preparing = config.preparing ?? { isOn: false, onRefused: () => undefined };
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads; only (text, values) is changed.
  override query(...words: any[]): any {
    const [text, values] = words;
    const isPlain = words.length === 2 && typeof text === 'string' && Array.isArray(values);
    if (isPlain) this.#gatherWrites();
    const name = this.#preparing.isOn && isPlain && values.length > 0 ? nameOf(text) : null;
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const send = super.query as (...all: any[]) => any;
    const answer = name === null ? send.apply(this, words) : send.call(this, { name, text, values });
    // A transaction that could not be taken back must not go into the pool: the connection is ended.
    if (text === 'rollback') answer.catch(() => streamOf(this)?.destroy());
    if (name !== null) answer.catch((error: { code?: string }) => this.#noteLostName(error));
    return answer;
  }

  #noteLostName({ code }: { code?: string }): void {
    if (!this.#preparing.isOn || !namesLost.has(code ?? '')) return;
    this.#preparing.isOn = false;
    this.#preparing.onRefused();
  }

  /** pg asks for it when it connects; its own `options` is what a pooler refuses. */
  getStartupConf(): Record<string, string> {
    // biome-ignore lint/suspicious/noExplicitAny: not among pg's declared types.
    const base = (pg.Client.prototype as any).getStartupConf as () => Record<string, string>;
    return { ...base.call(this), timezone: 'UTC' };
  }

  /** What is asked in one go leaves in one write: system calls are dearer than statements. */
  #gatherWrites(): void {
    const stream = streamOf(this);
    if (!stream || stream.destroyed) return;
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
}

function streamOf(client: pg.Client): import('node:net').Socket | undefined {
  return (client as unknown as { connection?: { stream?: import('node:net').Socket } }).connection?.stream;
}
