import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { mutationKindSchema } from '#contract/mutation.ts';

/**
 * What this node counts, for Prometheus. Labels hold only what the code itself names (a route's pattern, a mutation's kind): never an id, a person's data
 * or a token, so that their number is bounded and nothing leaks.
 */
export interface Metrics {
  /** One request: `route` is its pattern, `seconds` until its answer began. */
  noteRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** One mutation that came for the first time, put into effect or refused by the rules. */
  noteMutation(kind: string, result: 'applied' | 'rejected'): void;
  /** One pull; `refetch` sends its device to a fresh snapshot. */
  notePull(status: 'changes' | 'refetch'): void;
  /** One snapshot, sent whole or cut off. */
  noteSnapshot(result: 'whole' | 'cut'): void;
  /** A snapshot that was packed: how long it took, and how large it is. */
  notePacked(packed: { seconds: number; bytes: number }): void;
  /** An answer to who asked for one: `part` is from the middle on, `waiting` that it is still being packed. */
  notePackedAnswer(result: 'whole' | 'part' | 'unchanged' | 'waiting'): void;
  /** Pokes written to live streams. */
  notePokes(streams: number): void;
  /** A hint between nodes. */
  noteHint(direction: 'told' | 'heard'): void;
  /** An import that this node took in and has ended: its rows that were read, of those the refused ones, and those that wait for somebody. */
  noteImport(ended: { state: string; rows: number; errorCount: number; waitingRows: number }): void;
  /** A value that is read when it is asked for. With labels: several, by label. */
  watch(gauge: { name: string; help: string; read: () => number }): void;
  watch(gauge: { name: string; help: string; label: string; read: () => Record<string, number> }): void;
  /** All figures as Prometheus reads them. */
  describe(): Promise<{ text: string; contentType: string }>;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Makes the counters of one node, those of its process (memory, CPU, the event loop's lag) among them. */
export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const count = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `baton_${name}_total`, help, labelNames, registers });

  const requests = new Histogram({
    name: 'baton_http_request_duration_seconds',
    help: 'Time from a request to the beginning of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers,
  });
  const mutations = count('mutations', 'Mutations that came for the first time.', 'kind', 'result');
  const pulls = count('pulls', 'Pulls answered.', 'status');
  const snapshots = count('snapshots', 'Snapshots begun.', 'result');
  const packed = new Histogram({
    name: 'baton_packed_snapshot_seconds',
    help: 'Time in which a snapshot was packed.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    registers,
  });
  const packedBytes = count('packed_snapshot_bytes', 'Bytes of the snapshots that were packed.');
  const packedAnswers = count('packed_snapshot_answers', 'Answers to who asked for a packed snapshot.', 'result');
  const pokes = count('pokes', 'Pokes written to live streams.');
  const hints = count('hints', 'Hints between nodes.', 'direction');
  const imports = count('imports', 'Imports that ended.', 'state');
  const importRows = count('import_rows', 'Rows of imports that ended.', 'result');

  return {
    noteRequest({ method, route, status, seconds: taken }) {
      requests.observe({ method: methods.has(method) ? method : 'other', route, status }, taken);
    },
    noteMutation(kind, result) {
      // A newer extension's kinds are a device's words, not ours.
      mutations.inc({ kind: mutationKindSchema.safeParse(kind).success ? kind : 'unknown', result });
    },
    notePull: (status) => pulls.inc({ status }),
    noteSnapshot: (result) => snapshots.inc({ result }),
    notePacked({ seconds: taken, bytes }) {
      packed.observe(taken);
      packedBytes.inc(bytes);
    },
    notePackedAnswer: (result) => packedAnswers.inc({ result }),
    notePokes: (streams) => pokes.inc(streams),
    noteHint: (direction) => hints.inc({ direction }),
    noteImport({ state, rows, errorCount, waitingRows }) {
      imports.inc({ state });
      importRows.inc({ result: 'refused' }, errorCount);
      importRows.inc({ result: 'waiting' }, waitingRows);
      importRows.inc({ result: 'taken' }, Math.max(0, rows - errorCount - waitingRows));
    },
    watch(gauge: { name: string; help: string; label?: string; read: () => number | Record<string, number> }) {
      const { name, help, label, read } = gauge;
      new Gauge({
        name: `baton_${name}`,
        help,
        labelNames: label === undefined ? [] : [label],
        registers,
        collect() {
          const value = read();
          if (typeof value === 'number') this.set(value);
          else for (const [key, each] of Object.entries(value)) this.set({ [label ?? '']: key }, each);
        },
      });
    },
    describe: async () => ({ text: await register.metrics(), contentType: register.contentType }),
  };
}
