import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { drawFrames } from './harness/settle.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
/** Words that stand in the card and nowhere on the sample's mail page. */
const secrets = ['buying group', 'Head of Operations', 'What did the customer say?', 'marked as robots', 'Why A2'];

let sample: Sample;
let browser: RunningBrowser;
let page: Page;
let panel: Frame;

/** What the hostile page keeps for itself. */
interface Spy {
  heard: string[];
  dispatched: string[];
  globals: string[];
  roots: unknown[];
  rootStyle: string | null;
}
type SpyWindow = Window & { spy: Spy };

/** Makes the page hostile before the panel comes: it listens to everything first, in capture, and bugs what a script could use. */
function turnHostile(): void {
  const types = [
    ...['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'click', 'dblclick'],
    ...['mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend', 'submit', 'compositionstart'],
    ...['select', 'selectionchange', 'drop', 'dragstart'],
  ];
  const spy: Spy = {
    heard: [],
    dispatched: [],
    globals: Reflect.ownKeys(window).map(String),
    roots: [],
    rootStyle: document.documentElement.getAttribute('style'),
  };
  Object.defineProperty(window, 'spy', { value: spy, enumerable: false });
  spy.globals.push('spy');
  for (const type of types)
    window.addEventListener(
      type,
      (event) => {
        const { key = '', data = '' } = event as KeyboardEvent & InputEvent;
        spy.heard.push(`${type} ${key}${data} ${(event.target as Element).nodeName}`);
      },
      true,
    );
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) {
    spy.dispatched.push(event.type);
    return dispatchEvent.call(this, event);
  };
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    spy.roots.push(root);
    return root;
  };
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) (node as Element & { seen?: true }).seen = true;
  }).observe(document, { childList: true, subtree: true });
}

/** The panel's host as the page finds it: the last child of the root that is neither head nor body. */
const hostScript = 'document.documentElement.lastElementChild';

function onPage<T>(script: string): Promise<T> {
  return page.evaluate(script) as Promise<T>;
}

/** Whether the panel shows something pressed: what a person presses is drawn at once. */
async function isPressed(): Promise<boolean> {
  await drawFrames(panel);
  return (await panel.$('[aria-pressed=true]')) !== null;
}

/** A true click in the middle of the panel's button, wherever it is, without asking what lies over it. */
async function clickThrough(name: string): Promise<void> {
  const button = await panel.waitForSelector(named(name, 'button'));
  const box = await button?.boundingBox();
  if (!box) throw new Error(`The panel has no button "${name}" to click on.`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/**
 * Waits until the browser has told whoever watches the panel how it stands. Chromium looks with each frame, but no more often than every 100 ms: so two such
 * times, and some frames.
 */
const untilWatched = () =>
  page.evaluate(async () => {
    const from = performance.now();
    for (let frames = 0; frames < 4 || performance.now() < from + 200; frames += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  });

/** A cover over the panel that lets clicks through, in the top layer like the panel itself, and over it. */
function cover(style: string): Promise<void> {
  return onPage(`(() => {
    const cover = document.createElement('div');
    cover.id = 'cover';
    cover.popover = 'manual';
    cover.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;margin:0;border:0;padding:0;${style}';
    document.body.append(cover);
    cover.showPopover();
  })()`);
}

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

beforeEach(async () => {
  page = await openMailbox(browser);
  // From the page's first moment on: what the reader says when it starts is heard as well.
  await page.evaluateOnNewDocument(() => {
    const early: string[] = [];
    Object.defineProperty(window, 'early', { value: early });
    window.addEventListener('message', ({ data }) => early.push(JSON.stringify(data)));
  });
  await page.reload();
  await page.waitForSelector('::-p-text(Line 3 stoppages)');
  await page.evaluate(turnHostile);
  await openThread(page, 'Line 3 stoppages');
  panel = await findCard(page, 'Dana Ortiz');
  await waitForWords(panel, 'buying group');
});

afterEach(async () => {
  await page?.close();
});

describe(`a hostile page in ${browserName}`, () => {
  it('finds no word of the card, no frame, no root, no global, no event and no message', async () => {
    const found = await page.evaluate((words) => {
      const { spy } = window as unknown as SpyWindow;
      const host = document.documentElement.lastElementChild as HTMLElement;
      const everything = [document, ...(spy.roots as ShadowRoot[])].flatMap((root) => [...root.querySelectorAll('*')]);
      const finder = window as unknown as { find(words: string, ...rest: boolean[]): boolean };
      return {
        inMarkup: words.filter((each) => document.documentElement.outerHTML.includes(each)),
        inText: words.filter((each) => document.documentElement.innerText.includes(each)),
        byFind: words.filter((each) => finder.find(each, false, false, true, false, true, true)),
        frames: window.length + everything.filter((each) => each.localName === 'iframe').length,
        named: Object.keys(window.frames).filter((key) => /^\d+$/.test(key)),
        roots: spy.roots.length + everything.filter((each) => each.shadowRoot !== null).length,
        attributes: host.getAttributeNames().sort(),
        children: host.childNodes.length,
        globals: Reflect.ownKeys(window)
          .map(String)
          // Left by the test's own tool when it looks for elements by name.
          .filter((key) => !spy.globals.includes(key) && !key.includes('ariaQuerySelector')),
        sheets: document.adoptedStyleSheets.length,
        resources: performance.getEntries().filter((entry) => /extension/.test(entry.name)).length,
        events: spy.dispatched.filter((type) => /wxt|baton|script/i.test(type)),
        messages: [...(window as unknown as { early: string[] }).early],
      };
    }, secrets);
    expect(found).toEqual({
      inMarkup: [],
      inText: [],
      byFind: [],
      frames: 0,
      named: [],
      roots: 0,
      attributes: ['popover', 'style'],
      children: 0,
      globals: [],
      sheets: 0,
      resources: 0,
      events: [],
      messages: [],
    });
  });

  it('hears nothing that is typed or pressed in the panel', async () => {
    await onPage('spy.heard.length = 0');
    await press(panel, 'What did the customer say?');
    const field = await panel.waitForSelector(named('In your words', 'textbox'));
    await field?.type('a secret of the customer');
    await page.keyboard.press('Tab');
    await press(panel, 'Cancel');
    expect(await onPage<string[]>('spy.heard')).toEqual([]);
    await page.click('body');
    expect(await onPage<string[]>('spy.heard')).not.toEqual([]);
  });

  it('cannot press by calling, dispatching or focusing, and neither can a script inside the panel', async () => {
    await onPage(`(() => {
      const host = ${hostScript};
      const box = host.getBoundingClientRect();
      for (let y = box.top + 2; y < box.bottom; y += 12)
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
          for (const target of [host, document.elementFromPoint(box.left + 60, y)])
            target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: box.left + 60, clientY: y }));
      host.click();
      host.focus();
      for (const key of ['Tab', 'Enter', ' '])
        host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    })()`);
    expect(await isPressed()).toBe(false);
    await panel.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('.verdict button')) button.click();
    });
    expect(await isPressed()).toBe(false);
  });

  it('cannot have a person press what is covered, see-through covers included', async () => {
    for (const style of ['background:white;pointer-events:none', 'background:transparent', 'background:white']) {
      await cover(style);
      await untilWatched();
      await clickThrough('Weak');
      expect(await isPressed(), style).toBe(false);
      await onPage(`document.querySelector('#cover').remove()`);
    }
    await untilWatched();
    await clickThrough('Weak');
    expect(await isPressed()).toBe(true);
    await press(panel, 'Undo');
    await waitForWords(panel, 'Taken back');
  });

  it('cannot make the panel see-through or move it: what it changes is put back', async () => {
    await onPage(`(() => {
      const host = ${hostScript};
      host.style.setProperty('opacity', '0', 'important');
      host.setAttribute('class', 'theirs');
      host.hidePopover();
      const sheet = document.createElement('style');
      sheet.textContent = 'html > div { opacity: 0 !important; transform: translateX(-200px) !important; filter: blur(9px) !important; transition: all 9s !important; }';
      document.head.append(sheet);
    })()`);
    const look = await onPage<Record<string, unknown>>(`(() => {
      const host = ${hostScript};
      const { opacity, transform, filter } = getComputedStyle(host);
      return { opacity, transform, filter, isOnTop: host.matches(':popover-open'), attributes: host.getAttributeNames().sort() };
    })()`);
    expect(look).toEqual({
      opacity: '1',
      transform: 'none',
      filter: 'none',
      isOnTop: true,
      attributes: ['popover', 'style'],
    });
  });

  it('that takes the panel off gets it back a few times, then is left as it was', async () => {
    await onPage(`${hostScript}.remove()`);
    panel = await findCard(page, 'Dana Ortiz');
    await waitForWords(panel, 'buying group');
    const left = await onPage<Record<string, unknown>>(`(async () => {
      for (let round = 0; round < 12; round += 1) {
        document.documentElement.querySelector(':scope > div[popover]')?.remove();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return {
        hosts: document.documentElement.querySelectorAll(':scope > div').length,
        style: document.documentElement.getAttribute('style'),
        was: spy.rootStyle,
      };
    })()`);
    expect(left).toEqual({ hosts: 0, style: left['was'], was: null });
  });
});
