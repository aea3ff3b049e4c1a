import type { TouchId } from '#contract/ids.ts';
import type { ScoredTouch } from './engagement.ts';
import { dayMs } from './points.ts';

/**
 * All that a score needs to know of one contact's touches under one criterion, for any moment from the newest of them on: one fixed-point value and its time, so
 * that nothing is rewritten as time goes by.
 *
 * Each touch counts 1 when it happens and halves every half-life. `value` is their sum in units of 2⁻³² of a touch, as of `at`, which counts whole
 * half-lives since 1970. Moving to another time is a shift by whole bits and loses nothing: the sum is exact, so touches may come in any order and leave the same
 * value (forward decay: Cormode et al., "Forward decay", ICDE 2009). A year of a half-life of 14 days adds 26 bits.
 */
export interface Tally {
  value: bigint;
  at: number;
  count: number;
  /** The newest touch, of several at one moment the one with the greatest id. */
  newestAt: number;
  newestId: TouchId;
  /** The campaign of all touches; null also when they belong to several, or some to none. */
  campaign: string | null;
  isOneCampaign: boolean;
}

const fractionBits = 32;
/** More bits than this do not fit a number: the lowest are then left away, which are less than nothing beside the highest. */
const mostBits = 900;

/** A touch's share at the beginning of its half-life, in units: 2³² to 2³³. */
function toUnits(time: number, halfLifeDays: number): { at: number; units: bigint } {
  const halfLives = time / (halfLifeDays * dayMs);
  const at = Math.floor(halfLives);
  return { at, units: BigInt(Math.round(2 ** (halfLives - at + fractionBits))) };
}

/** A tally's value and time alone. */
export type Amount = Pick<Tally, 'value' | 'at'>;

/** The value with one more touch, at `time` in milliseconds since 1970: as `addTouch`, without a word on which touches they were. */
export function addAmount(amount: Amount | null, time: number, halfLifeDays: number): Amount {
  const { at, units } = toUnits(time, halfLifeDays);
  const own = { value: units, at };
  return amount === null ? own : addExactly(amount, own);
}

function addExactly(one: Amount, other: Amount): Amount {
  if (one.at > other.at) return addExactly(other, one);
  return { at: one.at, value: one.value + (other.value << BigInt(other.at - one.at)) };
}

/** The tally with one more touch; null is one without any. */
export function addTouch(tally: Tally | null, touch: ScoredTouch, halfLifeDays: number): Tally {
  const time = touch.at.getTime();
  const { at, units } = toUnits(time, halfLifeDays);
  const own = { count: 1, newestAt: time, newestId: touch.id, campaign: touch.campaign, isOneCampaign: true };
  return mergeTallies(tally, { value: units, at, ...own });
}

/** Both together. In whatever order tallies are merged, the answer is the same. */
export function mergeTallies(one: Tally | null, other: Tally): Tally {
  if (one === null) return other;
  const isNewer = other.newestAt - one.newestAt || (other.newestId > one.newestId ? 1 : -1);
  const { newestAt, newestId } = isNewer > 0 ? other : one;
  const isOneCampaign = one.isOneCampaign && other.isOneCampaign && one.campaign === other.campaign;
  const campaign = isOneCampaign ? one.campaign : null;
  return { ...addExactly(one, other), count: one.count + other.count, newestAt, newestId, campaign, isOneCampaign };
}

/** How many touches' worth is left at `now`, in milliseconds since 1970; right from the newest touch on. */
export function readTally({ value, at }: Amount, halfLifeDays: number, now: number): number {
  const halfLives = now / (halfLifeDays * dayMs);
  const whole = Math.floor(halfLives);
  const spare = Math.max(0, value.toString(16).length * 4 - mostBits);
  const left = Number(value >> BigInt(spare)) * 2 ** (whole - halfLives);
  return left * 2 ** (spare + at - whole - fractionBits);
}
