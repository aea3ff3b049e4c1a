import type { Cursor } from '#contract/feed.ts';
import type { DeviceId } from '#contract/ids.ts';

/** A device that listens for changes: by a stream, or by a question that is answered once there is something. */
export interface Listener {
  deviceId: DeviceId;
  /** Where in the feed it was last told to be, or said it was; null: nowhere yet. */
  readonly at: Cursor | null;
  /** Tells it within `spreadMs`, at a random moment, that the feed stands at `place`: a thousand devices must not pull at once. Several until then are one. */
  poke(place: Cursor, spreadMs: number): void;
  /** Each 15 s: both ends notice a dead connection. */
  beat(): void;
  /** Says when to come back, and ends. */
  sayBye(retryMs: number): void;
  /** Ends: the device is served no more, or is gone. */
  end(): void;
}
