import { type ReadonlySignal, signal } from '@preact/signals';
import type { SiteId } from '#contract/sighting.ts';
import type { PlaceProps } from '../../components/panel/PlaceControl.tsx';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';

/** The panel's way from the page to the browser's own side. */
export interface PanelMove {
  /** What the bar offers; null while it is not known. */
  place: ReadonlySignal<PlaceProps | null>;
  /** Whether the person is being told how the side panel is opened, where it cannot open by itself. */
  isTelling: ReadonlySignal<boolean>;
  go(): void;
  stay(): void;
  stop(): void;
}

/** Creates the way. `opensAtOnce` false (Firefox): the browser opens its side only for its own keys and buttons; the person is told so first. */
export function createPanelMove(site: SiteId, opensAtOnce: boolean): PanelMove {
  const place = signal<PlaceProps | null>(null);
  const isTelling = signal(false);

  function go(): void {
    // The background tells every page of it, this one's reader too, which then takes the panel off.
    sendMessage('setPanelSide', { site, side: 'side' }).then(
      (outcome) => outcome.ok || log.info('overlay', 'the panel was not moved', { why: outcome.message }),
      (error: unknown) => log.warn('overlay', 'the panel was not moved', { error }),
    );
    isTelling.value = false;
  }

  async function take(): Promise<void> {
    const { fixedBy } = await sendMessage('getPanelStand', { site });
    const onMove = () => {
      if (opensAtOnce) go();
      else isTelling.value = true;
    };
    place.value = { side: 'page', fixedBy, onMove };
  }

  const ask = () =>
    void take().catch((error: unknown) => log.info('overlay', 'where the panel stands is not known', { error }));
  ask();
  return {
    place,
    isTelling,
    go,
    stay() {
      isTelling.value = false;
    },
    stop: onEvent('placesChanged', ask),
  };
}
