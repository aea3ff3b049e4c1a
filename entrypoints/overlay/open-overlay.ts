import { effect, signal } from '@preact/signals';
import { h, render } from 'preact';
import { browser } from 'wxt/browser';
import { holdWidth, widths } from '../../components/panel/Grip.tsx';
import { panelSheet } from '../../components/panel/sheet.ts';
import { wordsLocale } from '../../components/panel/wording.ts';
import { drawInertText } from '../../components/ui/inert-drawing.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';
import { word } from '../../utils/platform/words.ts';
import type { PanelChannel } from '../../utils/view/panel/channel.ts';
import { beatEvery, createPanelModel } from '../../utils/view/panel/model.ts';
import { watchCover } from './cover.ts';
import { createDock } from './dock.ts';
import { createFocusKeeper } from './focus.ts';
import { guardInside } from './guard.ts';
import { hiddenWordsSheet, hideWordsFromFind } from './hide-words.ts';
import { holdHost } from './hold.ts';
import { createHost } from './host.ts';
import { createLastWord, type LastWord, lastWordSheet } from './last-word.ts';
import { markInside, noteDock, removeLeftovers } from './leftovers.ts';
import { Overlay, tabFacts } from './Overlay.tsx';
import { createPanelMove } from './place.ts';
import { createOverlayPorts, createPageSelection } from './ports.ts';

/** The frame's own document around the panel: it fills the frame and lets the page's ground show through beside the tab. */
const frameSheet =
  'html,body{height:100%;margin:0;background:transparent}main{height:100%}.panel{border-left:1px solid var(--line-strong)}';

/** Folded away, the tab is as high as what it shows, in CSS pixels. */
function tabHeight(facts: { grade: string | null; hasNews: boolean }): number {
  return 38 + (facts.grade === null ? 0 : 24) + (facts.hasNews ? 14 : 0);
}

/** Puts the panel on this page for as long as the reader wants it, and attaches it to the reader's channel. */
export function openOverlay(channel: PanelChannel): void {
  const isFirefox = 'wrappedJSObject' in window;
  drawInertText();
  if (isFirefox) hideWordsFromFind();
  const selection = createPageSelection();
  const model = createPanelModel(createOverlayPorts(channel, selection, () => host.frame.contentDocument));
  const width = signal<number>(widths.usual);
  const isCollapsed = signal(false);
  const move = createPanelMove(channel.site, !isFirefox);
  const stops: (() => void)[] = [move.stop];
  let root: Element | null = null;
  let lastWord: LastWord | null = null;

  const host = createHost(`${panelSheet}${frameSheet}${hiddenWordsSheet}${lastWordSheet}`, fill);
  const dock = createDock(host.element);
  const cover = watchCover(host.element);
  const focus = createFocusKeeper(host.frame);

  function fill(inside: Document): void {
    if (root !== null) render(null, root);
    inside.documentElement.lang = wordsLocale();
    inside.documentElement.dir = word('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
    inside.title = word('manifest_name');
    markInside(inside);
    noteDock(inside, dock.describe());
    guardInside(inside, host.frame, cover, selection.remember);
    root = inside.body.appendChild(inside.createElement('main'));
    render(
      h(Overlay, { model, isCollapsed, width, move, onCollapse: () => fold(true), onOpen: () => fold(false), onWidth }),
      root,
    );
    if (isFirefox) lastWord = createLastWord(inside);
    focus.settle();
  }

  function keepPlace(): void {
    const place = { site: channel.site, width: width.peek(), collapsed: isCollapsed.peek() };
    sendMessage('setPanelPlace', place).catch((error: unknown) => {
      log.info('overlay', 'the place was not kept', { error });
    });
  }

  function onWidth(next: number, isDone: boolean): void {
    width.value = next;
    if (isDone) keepPlace();
  }

  function fold(collapsed: boolean): void {
    isCollapsed.value = collapsed;
    lastWord?.putOff(!collapsed);
    keepPlace();
    focus.into(collapsed ? '.collapsed' : '.panel');
  }

  /** Lays out host and page. The page moves in one step, never while the edge is dragged past it. */
  function layOut(): void {
    if (isCollapsed.value) host.place({ kind: 'tab', width: 32, height: tabHeight(tabFacts(model)) });
    else host.place({ kind: 'right', width: Math.min(width.value, window.innerWidth) });
    dock.push(isCollapsed.value ? 0 : width.value);
    noteDock(host.frame.contentDocument, dock.describe());
  }

  function toggle(): void {
    if (isCollapsed.peek()) {
      focus.remember();
      isCollapsed.value = false;
      focus.into('.panel');
    } else {
      isCollapsed.value = true;
      focus.giveBack();
    }
    keepPlace();
  }

  function remove(): void {
    for (const stop of stops.splice(0)) stop();
    model.stop();
    if (root !== null) render(null, root);
    dock.push(0);
    cover.stop();
    host.remove();
    channel.panel = null;
  }

  /** The page would not have the panel: it leaves, and does not come back before the page is loaded again. */
  function giveUp(): void {
    remove();
    channel.rest();
  }

  async function start(): Promise<void> {
    const place = await sendMessage('getPanelPlace', { site: channel.site });
    if (channel.panel === null) return;
    width.value = holdWidth(place.width);
    // Called by its key, it opens; otherwise it stands as it was left on this site.
    isCollapsed.value = place.collapsed && !channel.isCalled;
    const left = await removeLeftovers();
    if (channel.panel === null) return;
    if (left !== null) dock.adopt(left);
    if (channel.isCalled) focus.remember();
    host.attach();
    stops.push(holdHost(host, () => Boolean(browser.runtime?.id), giveUp));
    stops.push(effect(layOut));
    model.show(channel.seen);
    const seen = () => {
      const isVisible = document.visibilityState === 'visible';
      model.setVisible(isVisible);
      lastWord?.putOff(isVisible && !isCollapsed.peek());
    };
    seen();
    const pulse = setInterval(seen, beatEvery);
    stops.push(() => clearInterval(pulse));
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('resize', layOut);
    stops.push(() => document.removeEventListener('visibilitychange', seen));
    stops.push(() => window.removeEventListener('resize', layOut));
    if (channel.isCalled) focus.into('.panel');
  }

  stops.push(onEvent('replicaChanged', model.refresh));
  stops.push(onEvent('personStepped', () => void (isCollapsed.peek() || model.stepPerson(1))));
  stops.push(
    effect(() => {
      if (model.hasGone.value) channel.rest();
    }),
  );
  channel.panel = { show: model.show, toggle, remove };
  start().catch((error: unknown) => {
    log.warn('overlay', 'the panel did not open', { error });
    remove();
  });
}
