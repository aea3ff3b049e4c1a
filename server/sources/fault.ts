import { Refusal } from '../refusal.ts';

/** Why one row does not go in. `column` is the header as it stands in the file; null when the whole row is at fault. */
export class RowFault extends Error {
  override name = 'RowFault';
  readonly column: string | null;

  constructor(column: string | null, reason: string) {
    super(reason);
    this.column = column;
  }
}

/** The file cannot be imported at all: what was found, what that means, what to do. */
export class FileRefusal extends Refusal {
  override name = 'FileRefusal';
}
