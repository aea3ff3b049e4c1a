import { createLog } from '../log.ts';
import { createPool } from './pool.ts';
import { standBackHere } from './stand-back.ts';

/** What a thread is told, so that it can have connections of its own. */
export interface ThreadGround {
  url: string;
  isPreparing: boolean;
  logLevel: string;
}

/** Opens connections of a thread of its own: both stand back behind what answers requests. `what` names the thread in the log. */
export function openBehind({ url, isPreparing, logLevel }: ThreadGround, what: string, size = 1) {
  const log = createLog(logLevel);
  standBackHere();
  const onError = (error: unknown) => log.warn({ err: error }, `a connection of ${what} broke`);
  return { log, db: createPool(url, { size, isPreparing, standsBack: true, onError }) };
}
