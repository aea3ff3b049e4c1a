/**
 * Something the person who runs the store must put right: the message is one plain sentence or two for them.
 * `main.ts` prints it without a stack trace and ends with exit code 1.
 */
export class Refusal extends Error {
  override name = 'Refusal';
}
