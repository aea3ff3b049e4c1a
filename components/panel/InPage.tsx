import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';

interface InPageProps {
  /** The site's name. */
  site: string;
  /** Who fixed that; null: the person may move it. */
  fixedBy: 'policy' | 'admin' | null;
  problem: string | null;
  onMove: () => void;
}

/** In the browser's own side, while the panel of the site in view stands in the page: says so, and offers to move it. */
export function InPage({ site, fixedBy, problem, onMove }: InPageProps) {
  return (
    <section class="empty">
      <h1>{word('panel_in_page', site)}</h1>
      <p>{word('panel_in_page_detail')}</p>
      {fixedBy === null ? (
        <Button icon="side" onPress={onMove}>
          {word('panel_move_here')}
        </Button>
      ) : (
        <p class="small quiet">{word(`panel_side_fixed_${fixedBy}`)}</p>
      )}
      {problem !== null && (
        <p class="failed" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
