const mostAttempts = 5;

/** Whether PostgreSQL gave a transaction up for another's sake (a deadlock, a failed serialization): done again, it goes through. */
export function isGivenUp(error: unknown): boolean {
  return ['40P01', '40001'].includes((error as { code?: string }).code ?? '');
}

/** Does the work of a whole transaction, again while it fails in a way that passes, five times at most. Rethrows what does not pass, or not by then. */
export async function outlast<T>(work: () => Promise<T>, passes: (error: unknown) => boolean = isGivenUp): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || attempt >= mostAttempts) throw error;
    }
  }
}
