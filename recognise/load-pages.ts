import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { RecogniseError } from './arguments.ts';

/** A saved page and the address it is to appear under. `file` is as it was named. */
export interface SavedPage {
  file: string;
  url: string;
  html: Buffer;
}

/** A page that cannot be read, and why, in a sentence. It stands in its place among the others. */
export interface LostPage {
  file: string;
  url: string;
  error: string;
}

/** Whether the file is a whole archive of a page ("Webpage, single file"), which only the browser that wrote it can open. */
function isArchive(html: Buffer): boolean {
  const head = html.subarray(0, 2048).toString('latin1');
  return /^(?:From|Snapshot-Content-Location|Subject|MIME-Version):/.test(head) && /multipart\/related/i.test(head);
}

/** Loads a saved page. `folder`: where a relative name is looked for. Throws a RecogniseError when file or address are no good. */
export async function loadPage(file: unknown, url: unknown, folder: string): Promise<SavedPage> {
  if (typeof file !== 'string' || typeof url !== 'string') {
    throw new RecogniseError('Each entry of the manifest takes a "file" and a "url", both text.');
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new RecogniseError(
      `"${url}" is no web address. Give the one that ${file} was saved from, beginning with https://.`,
    );
  }
  const path = isAbsolute(file) ? file : join(folder, file);
  try {
    const html = await readFile(path);
    if (!isArchive(html)) return { file, url, html };
  } catch (error) {
    throw new RecogniseError(`The page ${path} cannot be read (${describe(error)}). Check its name.`, { cause: error });
  }
  throw new RecogniseError(
    `The page ${path} is an archive (MHTML). Save it again as "Webpage, HTML only" or "Webpage, complete".`,
  );
}

/** Loads the pages of a manifest, in its order, those that cannot be read too. Names in it are looked for from where the command runs, then beside the manifest. */
export async function loadManifest(path: string, folder: string): Promise<(SavedPage | LostPage)[]> {
  let text: string;
  try {
    text = await readFile(isAbsolute(path) ? path : join(folder, path), 'utf8');
  } catch (error) {
    throw new RecogniseError(`The manifest ${path} cannot be read (${describe(error)}). Check its name.`, {
      cause: error,
    });
  }
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw new RecogniseError(`The manifest ${path} is no JSON: ${describe(error)}.`, { cause: error });
  }
  if (!Array.isArray(entries))
    throw new RecogniseError(`The manifest ${path} is no list. It takes [{"file": …, "url": …}, …].`);
  const beside = dirname(isAbsolute(path) ? path : join(folder, path));
  return Promise.all(
    entries.map(async (entry: unknown) => {
      const { file, url } = (typeof entry === 'object' && entry !== null ? entry : {}) as {
        file?: unknown;
        url?: unknown;
      };
      if (typeof file !== 'string' || typeof url !== 'string') return loadPage(file, url, folder);
      return loadPage(file, url, folder).catch((error: unknown) =>
        loadPage(file, url, beside).catch((): LostPage => ({ file, url, error: (error as Error).message })),
      );
    }),
  );
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  return error instanceof Error ? error.message : String(error);
}
