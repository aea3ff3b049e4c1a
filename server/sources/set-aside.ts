import type { DateOrder } from '#contract/mapping.ts';

/** When the file is over, every block may be read: PostgreSQL's largest `int`. */
const everyBlock = 2_147_483_647;

/** How far a file's rows are set aside, told by the one who reads the file to the one who takes its rows in meanwhile. */
export class SetAside {
  #last = 0;
  #dates: DateOrder | null = null;
  #moved = Promise.withResolvers<void>();

  /** The order of dates with slashes, as far as it is settled; null: not yet, or the file does not show it. No block that may be read before it is settled has such dates. */
  get dates(): DateOrder | null {
    return this.#dates;
  }

  /** Blocks up to that one are set aside, and no row that is still to come changes how they are read. */
  reach(last: number, dates: DateOrder | null): void {
    this.#last = Math.max(this.#last, last);
    this.#dates = dates;
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
  }

  /** The file is over. */
  end(dates: DateOrder | null): void {
    this.reach(everyBlock, dates);
  }

  /** Waits for blocks after that one, or for the file to be over. Answers the last that may be read by then. */
  async waitBeyond(block: number): Promise<number> {
    while (this.#last <= block) await this.#moved.promise;
    return this.#last;
  }
}

/** A file that was read before, by whomever. */
export function createWhole(dates: DateOrder | null): SetAside {
  const aside = new SetAside();
  aside.end(dates);
  return aside;
}
