import { word } from '../../utils/platform/words.ts';

/** How long after the last sign of life the notice comes, in milliseconds: longer than two beats. */
const patience = 50_000;

/** Draws the notice once its animation has run out. Goes with `createLastWord`. */
export const lastWordSheet: string = `
.last-word{position:fixed;z-index:3;inset:40px 0 auto 1px;margin:0;padding:8px 16px;border-bottom:1px solid var(--line);background:var(--info-soft);
color:var(--ink);font:var(--size)/var(--line-height) var(--font);visibility:hidden;animation:last-word 0s ${patience}ms forwards}
@keyframes last-word{to{visibility:visible}}`;

/** A notice that shows itself unless it is put off again and again. */
export interface LastWord {
  /** A sign of life: the notice waits its time anew. `isSeen` false: the page is hidden, and time does not count. */
  putOff(isSeen: boolean): void;
}

/**
 * Firefox ends an add-on's scripts together with the add-on: nobody is left to say that this panel is dead. So the notice is there from
 * the beginning, behind an animation of the style sheet, which needs no script to run out; a living script starts it again at each beat.
 */
export function createLastWord(inside: Document): LastWord {
  const notice = inside.createElement('p');
  notice.className = 'last-word';
  const words = inside.createElement('x-t');
  words.setAttribute('data-t', `${word('panel_strip_gone')} ${word('panel_strip_gone_detail')}`);
  notice.append(words);
  inside.body.append(notice);
  return {
    putOff(isSeen) {
      notice.style.animation = 'none';
      // Reading the layout makes the browser take the end of the old animation, before a new one begins.
      notice.getBoundingClientRect();
      if (isSeen) notice.style.animation = '';
    },
  };
}
