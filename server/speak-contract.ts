import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { agree, contractHeader, readSpoken, type Spoken, writeAnswered } from '#contract/versions.ts';
import { ProblemError } from './problem.ts';

/**
 * Finds the newest version of the contract that caller and store both speak, and names it in the answer. Throws a `ProblemError` 426
 * when the caller is too old, 501 when it is too new for this store: nothing was read of the request, so nothing of it is half done.
 */
export function speakContract(ours: Spoken) {
  return createMiddleware<{ Variables: { contract: number } }>(async (context, next) => {
    const agreement = agree(ours, readTheirs(context));
    if (agreement.kind === 'theyAreTooOld')
      throw new ProblemError(
        426,
        'contract-too-old',
        'This extension is too old for the store. Update the extension; what you did is kept and goes out then.',
        { headers: { Upgrade: `Baton-Contract/${ours.version}`, ...nameVersion(ours.version, ours) } },
      );
    if (agreement.kind === 'weAreTooOld')
      throw new ProblemError(
        501,
        'contract-too-new',
        'This store is too old for your extension. Ask whoever runs it to update it; what you did is kept and goes out then.',
        { headers: nameVersion(ours.version, ours) },
      );
    context.set('contract', agreement.version);
    context.header(contractHeader, writeAnswered(agreement.version, ours));
    await next();
  });
}

/** The first release sent files without saying what it speaks. */
function readTheirs(context: Context): Spoken | null {
  const named = readSpoken(context.req.header(contractHeader));
  const isUpload = context.req.header('Authorization')?.startsWith('Ticket ') === true;
  return named ?? (isUpload ? { version: 1, oldest: 1 } : null);
}

/** The header of an answer in that version. */
export function nameVersion(answered: number, ours: Spoken): Record<string, string> {
  return { [contractHeader]: writeAnswered(answered, ours) };
}
