import type { ComponentChildren } from 'preact';
import type { MessageAnswer } from '#contract/message.ts';
import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { SiteItem } from './SiteItem.tsx';
import type { SiteRow } from './site-words.ts';

interface SiteListProps {
  sites: readonly SiteRow[];
  /** Sites of the workspace's that this version does not understand. */
  passedOver: MessageAnswer<'getSites'>['passedOver'];
  /** Ask for the panel's side only where nobody has said it yet, or where the site objects to one of them. */
  isShort: boolean;
  onSwitch: (row: SiteRow) => void;
  onAllow: (row: SiteRow) => void;
  onSide: (row: SiteRow, side: PanelSide) => void;
}

/** The sites on which Baton reads who is in view: the main ones, then those that the workspace asks for, then what else Baton can read. */
export function SiteList({ sites, passedOver, isShort, onSwitch, onAllow, onSide }: SiteListProps) {
  const isAsked = (row: SiteRow) => row.isOn && (!isShort || row.site === 'linkedin' || row.panel.side === null);
  const list = (rows: readonly SiteRow[]): ComponentChildren => (
    <ul class="sites">
      {rows.map((row) => (
        <SiteItem key={row.site} {...{ row, onSwitch, onAllow, onSide }} isAsked={isAsked(row)} />
      ))}
    </ul>
  );
  const main = sites.filter((row) => row.isMain);
  const workspace = sites.filter((row) => !row.isMain && row.named.length > 0);
  const more = sites.filter((row) => !row.isMain && row.named.length === 0);
  return (
    <>
      {list(main)}
      {(workspace.length > 0 || passedOver.length > 0) && (
        <div class="group">
          <h3>{word('options_sites_workspace')}</h3>
          {list(workspace)}
          {passedOver.map(({ id, name, at }) => (
            <p key={id} class="complaint">
              {word('options_site_passed_over', name ?? word('options_sites_unnamed'), at)}
            </p>
          ))}
        </div>
      )}
      {more.length > 0 && (
        <details class="group" open={more.some((row) => row.isOn)}>
          <summary>{word('options_sites_more')}</summary>
          <p class="hint">{word('options_sites_more_hint')}</p>
          {list(more)}
        </details>
      )}
    </>
  );
}
