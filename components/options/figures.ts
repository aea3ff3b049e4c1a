import type { PanelStatus } from '#contract/card.ts';
import type { DiagnosticsFacts, KeptItem, Timing } from '#contract/diagnostics.ts';
import type { NotedLook } from '#contract/look.ts';
import { siteIdSchema } from '#contract/sighting.ts';

/** Of figures, the one below or at which this share of them lies (nearest rank); null when there are none. Pure. */
export function findPercentile(figures: readonly number[], share: number): number | null {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** A length in milliseconds as people read it: tenths below ten. */
export function writeMs(length: number | null): string {
  return length === null ? '–' : `${length < 10 ? length.toFixed(1) : Math.round(length)} ms`;
}

/** A number of bytes as people read it. */
export function writeBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1000 ** step;
  return `${figure < 10 && step > 0 ? figure.toFixed(1) : Math.round(figure)} ${units[step]}`;
}

/** Both lengths of the last cards, at half and at 95 %. */
export function summarize(timings: readonly Timing[]) {
  const of = (name: keyof Timing) => {
    const figures = timings.map((timing) => timing[name]);
    return { half: findPercentile(figures, 0.5), most: findPercentile(figures, 0.95) };
  };
  return { lookedUp: of('lookedUp'), painted: of('painted') };
}

/** Everything that the report is made of. */
export interface Figures {
  version: string;
  browser: string;
  status: PanelStatus;
  facts: DiagnosticsFacts | null;
  unsent: readonly KeptItem[];
  looks: readonly NotedLook[];
  now: number;
}

/** What a company calls its own sites may name it: of those only that there are some. */
function siteOf({ site }: NotedLook): string {
  return siteIdSchema.safeParse(site).success && !site.startsWith('own-') ? site : 'own site';
}

/** The code of a refusal, as Baton's own are written; of any other only that it is one. */
function codeOf({ refusalCode }: KeptItem): string {
  return /^[a-z]+(-[a-z]+){0,3}$/.test(refusalCode ?? '') ? String(refusalCode) : 'other';
}

function countBy<T>(things: readonly T[], name: (thing: T) => string): string {
  const groups = [...Map.groupBy(things, name)].map(([key, mine]) => `${key} ${mine.length}`);
  return groups.length === 0 ? 'none' : groups.sort().join(', ');
}

function ageOf(at: string | null | undefined, now: number): string {
  return at ? `${Math.round((now - Date.parse(at)) / 1000)} s ago` : 'never';
}

/** How this browser stands, as a text to hand on: counts, ages and lengths alone, nobody's name, address, number or words. In English, as it is for whoever helps. Pure. */
export function writeFigures({ version, browser, status, facts, unsent, looks, now }: Figures): string {
  const { lookedUp, painted } = summarize(facts?.timings ?? []);
  const copy = facts?.copy;
  const live = facts?.live;
  const refused = unsent.filter((item) => item.delivery === 'refused');
  const tries = Math.max(0, ...unsent.map((item) => item.tries));
  return [
    `Baton ${version}, ${browser}`,
    `connection: ${status.connection}; store: ${status.store}; role: ${status.role ?? 'none'}`,
    `copy: ${status.replica}; accounts ${copy?.accounts ?? 0}, people ${copy?.contacts ?? 0}, change ${copy?.feed ?? 0}, as of ${ageOf(status.asOf, now)}`,
    `disk: ${facts?.bytes == null ? 'not told' : writeBytes(facts.bytes)}; persisted: ${facts?.isPersisted ?? 'not told'}`,
    `live: ${live?.isAsking ? 'asking' : 'open'} ${ageOf(live?.since, now)}; poke ${ageOf(live?.pokedAt, now)}; failure ${ageOf(live?.failedAt, now)}`,
    `not sent: ${countBy(unsent, (item) => (item.isDiscarded ? 'discarded' : item.delivery))}; most tries ${tries}`,
    `refused: ${countBy(refused, codeOf)}`,
    `cards: ${facts?.timings.length ?? 0}; looked up p50 ${writeMs(lookedUp.half)}, p95 ${writeMs(lookedUp.most)}; painted p50 ${writeMs(painted.half)}, p95 ${writeMs(painted.most)}`,
    `looks: ${countBy(looks, siteOf)}; unreadable ${looks.filter((look) => !look.isReadable).length}`,
  ].join('\n');
}
