import tokens from '../ui/tokens.css?inline';
import card from './card.css?inline';
import controls from './controls.css?inline';
import foot from './foot.css?inline';
import frame from './frame.css?inline';
import handOver from './hand-over.css?inline';
import lists from './lists.css?inline';
import states from './states.css?inline';

/** The panel's whole style as one sheet: the numbers, then the parts. */
export const panelSheet: string = [tokens, frame, controls, card, lists, states, foot, handOver].join('\n');
