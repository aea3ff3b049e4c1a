import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';

interface PlaceQuestionProps {
  /** The site's name. */
  site: string;
  problem: string | null;
  onChoose: (side: PanelSide) => void;
}

/**
 * Asks once where the panel of a site may stand whose terms object to inserted elements. Drawn only where nothing is inserted: in the browser's
 * own side, the popup, Options. Neither way is the preset one.
 */
export function PlaceQuestion({ site, problem, onChoose }: PlaceQuestionProps) {
  return (
    <section class="empty place-question" aria-label={word('panel_question', site)}>
      <h1>{word('panel_question', site)}</h1>
      <p>{word('panel_question_terms', site)}</p>
      <div class="ways">
        <div>
          <Button look="plain" icon="side" onPress={() => onChoose('side')}>
            {word('panel_question_side')}
          </Button>
          <p class="small quiet">{word('panel_question_side_detail', site)}</p>
        </div>
        <div>
          <Button look="plain" icon="page" onPress={() => onChoose('page')}>
            {word('panel_question_page')}
          </Button>
          <p class="small quiet">{word('panel_question_page_detail', site)}</p>
        </div>
      </div>
      <p class="small quiet">{word('panel_question_later')}</p>
      {problem !== null && (
        <p class="failed" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
