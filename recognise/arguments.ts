import { parseArgs } from 'node:util';
import type { BrowserName } from '../test/browsers/find.ts';

/** What was asked on the command line. Either one page or a manifest of many. */
export interface Request {
  page: { file: string; url: string } | null;
  manifest: string | null;
  /** A file with the rule to read by, instead of the readers that Baton has. */
  rule: string | null;
  browser: BrowserName;
  isExplained: boolean;
}

export const usage = `npm run recognise -- PAGE.html --url URL      what the site readers see on one saved page, as JSON
npm run recognise -- --manifest FILE --json   the same for many: a JSON array of {"file", "url"}
  --explain           also name the evidence that was found
  --rule FILE         read by this rule alone: a JSON file with a company's own site, or its rule
  --browser firefox   read in Firefox instead of Chromium`;

/** Something was asked wrongly, or a page cannot be read. The message is for the person who asked. */
export class RecogniseError extends Error {}

/** Reads the command line. Throws a RecogniseError with the usage when it makes no sense. */
export function readArguments(args: string[]): Request {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new RecogniseError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
  const { values, positionals } = parsed;
  const browser = values.browser ?? 'chromium';
  if (browser !== 'chromium' && browser !== 'firefox') {
    throw new RecogniseError(`There is no browser "${browser}" to read in. Choose chromium or firefox.`);
  }
  const options = { browser, isExplained: values.explain ?? false, rule: values.rule ?? null } as const;
  const [file, another] = positionals;
  if (values.manifest !== undefined && file === undefined) return { ...options, page: null, manifest: values.manifest };
  if (file === undefined) throw new RecogniseError(`Name a saved page, or a manifest of many.\n\n${usage}`);
  if (another !== undefined || values.manifest !== undefined) {
    throw new RecogniseError(`One page at a time; for many give a manifest alone.\n\n${usage}`);
  }
  if (values.url === undefined) {
    throw new RecogniseError(
      `Give the address that ${file} was saved from, with --url: half of what a reader knows stands there.`,
    );
  }
  return { ...options, page: { file, url: values.url }, manifest: null };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      manifest: { type: 'string' },
      rule: { type: 'string' },
      browser: { type: 'string' },
      explain: { type: 'boolean' },
      // The answer is JSON in any case; taken, so that one may say so.
      json: { type: 'boolean' },
    },
  });
}
