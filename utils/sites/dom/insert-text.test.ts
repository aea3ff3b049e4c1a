// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { insertText } from './insert-text.ts';

let editor: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = '<form><div contenteditable="true" id="editor">Hello</div><button>Send</button></form>';
  editor = document.querySelector('#editor') as HTMLElement;
});

it('puts text at the end of the draft when the caret is elsewhere, and tells the site', () => {
  const heard: string[] = [];
  editor.addEventListener('input', () => heard.push(editor.textContent ?? ''));
  expect(insertText(editor, ' Dana')).toBe(true);
  expect(editor.textContent).toBe('Hello Dana');
  expect(heard).toEqual(['Hello Dana']);
});

it('puts markup in as the characters it is made of', () => {
  insertText(editor, '<img src=x onerror=alert(1)>');
  expect(editor.querySelector('img')).toBeNull();
  expect(editor.textContent).toContain('<img src=x');
});

it('keeps lines as lines and drops controls', () => {
  insertText(editor, 'one\r\ntwo\u0000\u0007');
  expect(editor.querySelectorAll('br')).toHaveLength(1);
  expect(editor.textContent).toBe('Helloonetwo');
});

it('presses and submits nothing', () => {
  let pressed = 0;
  document.querySelector('button')?.addEventListener('click', () => (pressed += 1));
  document.querySelector('form')?.addEventListener('submit', () => (pressed += 1));
  insertText(editor, 'Dana\n');
  expect(pressed).toBe(0);
});

it('says so when there was nothing to put in, or the draft has gone', () => {
  expect(insertText(editor, '\u0000')).toBe(false);
  editor.remove();
  expect(insertText(editor, 'Dana')).toBe(false);
});
