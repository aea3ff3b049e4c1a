import tokens from '../ui/tokens.css?inline';
import foot from './foot.css?inline';
import frame from './frame.css?inline';
import sections from './sections.css?inline';

/** The panel's whole style as one sheet: the numbers, then the parts. */
export const panelSheet: string = [tokens, frame, sections, foot].join('\n');
