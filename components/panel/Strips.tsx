import { word } from '../../utils/platform/words.ts';
import type { Strip } from '../../utils/view/panel/state.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { timeWord } from './wording.ts';

interface StripsProps {
  strips: Strip[];
  onReload: () => void;
  onOptions: () => void;
  onRetry: () => void;
}

const icons: Record<Strip['kind'], IconName> = {
  gone: 'sync',
  doNotContact: 'barred',
  signedOut: 'shield',
  leaseEnded: 'shield',
  noRoom: 'warning',
  offline: 'offline',
  unreachable: 'offline',
  storeTooOld: 'sync',
  extensionTooOld: 'sync',
  problem: 'warning',
};

/** Which strips speak of lost data or of what is forbidden: those alone are red. */
const grave = new Set<Strip['kind']>(['doNotContact']);

function headline(strip: Strip): string {
  if (strip.kind === 'offline' || strip.kind === 'unreachable') {
    if (strip.since !== null) return word(`panel_strip_${strip.kind}_since`, timeWord(strip.since));
  }
  return word(`panel_strip_${strip.kind}`);
}

function detail(strip: Strip): string {
  return strip.kind === 'problem' ? strip.message : word(`panel_strip_${strip.kind}_detail`);
}

/** Notices under the bar, each in one or two lines with at most one button. */
export function Strips({ strips, onReload, onOptions, onRetry }: StripsProps) {
  const actions: Partial<Record<Strip['kind'], () => void>> = {
    gone: onReload,
    signedOut: onOptions,
    leaseEnded: onRetry,
    noRoom: onRetry,
    unreachable: onRetry,
    storeTooOld: onRetry,
    extensionTooOld: onRetry,
    problem: onRetry,
  };
  return (
    <div class="strips" role="status">
      {strips.map((strip) => {
        const act = actions[strip.kind];
        return (
          <div key={strip.kind} class={grave.has(strip.kind) ? 'strip grave' : 'strip'}>
            <Icon name={icons[strip.kind]} />
            <p>
              <b>{headline(strip)}</b> <span>{detail(strip)}</span>
            </p>
            {act && (
              <Button look="ghost" onPress={act}>
                {word(`panel_strip_${strip.kind}_action`)}
              </Button>
            )}
          </div>
        );
      })}
    </div>
  );
}
