import { useEffect, useRef } from 'preact/hooks';
import { word } from '../../utils/platform/words.ts';
import type { Desk } from '../../utils/view/desk/desk.ts';
import type { PageEntry } from './pages.tsx';
import { modKey, singleKeys } from './parts/keys.ts';

/** All keys, and the switch for those that are single letters. */
export function KeyHelp({ desk, pages, onClose }: { desk: Desk; pages: readonly PageEntry[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const rows: [string[], string][] = [
    [['J', 'K'], word('desk_key_move')],
    [['/'], word('desk_key_find')],
    [['Enter'], word('desk_key_open')],
    [['E'], word('desk_key_done_long')],
    [['Z'], word('desk_key_later_long')],
    [['N'], word('desk_key_new')],
    [[modKey, 'Enter'], word('desk_key_push')],
    [['Esc'], word('desk_key_close')],
    ...pages.map((page): [string[], string] => [
      ['G', page.letter.toUpperCase()],
      word(`desk_nav_${page.id.replaceAll('-', '_')}`),
    ]),
    [['?'], word('desk_key_help')],
  ];
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{word('desk_keys')}</h2>
      <table style={{ margin: '12px 0' }}>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={keys.join()}>
              <th scope="row">
                <span class="row near">
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="row">
        <label class="row">
          <input
            type="checkbox"
            checked={singleKeys.isOn}
            onChange={(event) => {
              singleKeys.isOn = event.currentTarget.checked;
              desk.tools.shelf.write('single-keys', singleKeys.isOn ? null : 'off');
            }}
          />
          {word('desk_keys_single')}
        </label>
        <span class="space" />
        <button type="button" class="press" onClick={() => dialog.current?.close()}>
          {word('desk_close')}
        </button>
      </div>
    </dialog>
  );
}
