import { word } from '../../utils/platform/words.ts';
import { Complaint } from './Complaint.tsx';

/** An invite that stands in the address of the page under the popup. `complaint` instead of `host`: it is one, but cannot be taken as it is. */
export interface InviteUnder {
  host: string | null;
  complaint: string | null;
}

/** Offers to take the invite of the open join page along to Options, where it is shown before anything is taken. */
export function InviteOffer({ host, complaint, onJoin }: InviteUnder & { onJoin: () => void }) {
  return (
    <section class="offer" aria-labelledby="offer">
      <h2 id="offer">{word('popup_join_heading')}</h2>
      {host === null ? (
        <Complaint text={complaint} />
      ) : (
        <>
          <p class="hint">{word('popup_join_hint')}</p>
          <button type="button" class="main" onClick={onJoin}>
            {word('popup_join', host)}
          </button>
        </>
      )}
    </section>
  );
}
