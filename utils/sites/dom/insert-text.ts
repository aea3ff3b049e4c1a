/** Text as a draft may hold it: line ends as \n, no other controls. */
function toPlainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

function placeCaretAtEnd(editor: HTMLElement): void {
  const selection = editor.ownerDocument.getSelection();
  if (selection === null || (selection.rangeCount > 0 && editor.contains(selection.getRangeAt(0).startContainer)))
    return;
  const range = editor.ownerDocument.createRange();
  range.selectNodeContents(editor);
  range.collapse(false);
  selection.removeAllRanges();
  selection.addRange(range);
}

function insertByNodes(editor: HTMLElement, text: string): void {
  const document = editor.ownerDocument;
  const fragment = document.createDocumentFragment();
  text.split('\n').forEach((line, index) => {
    if (index > 0) fragment.append(document.createElement('br'));
    fragment.append(line);
  });
  const selection = document.getSelection();
  if (selection !== null && selection.rangeCount > 0) {
    const range = selection.getRangeAt(0);
    range.deleteContents();
    range.insertNode(fragment);
    range.collapse(false);
  } else {
    editor.append(fragment);
  }
  editor.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/**
 * Puts text into an editable element at its caret (at its end when the caret is elsewhere), as plain text that the site's own undo can take back.
 * Returns whether the text is there afterwards. Presses nothing, sends nothing.
 */
export function insertText(editor: HTMLElement, raw: string): boolean {
  const text = toPlainText(raw);
  if (text === '' || !editor.isConnected) return false;
  const squeeze = (value: string) => value.replace(/\s+/g, '');
  const before = squeeze(editor.textContent ?? '').length;
  editor.focus();
  placeCaretAtEnd(editor);
  // Deprecated and irreplaceable: the one way in that the editor's own undo and autosave take notice of.
  const isTaken =
    typeof editor.ownerDocument.execCommand === 'function' &&
    editor.ownerDocument.execCommand('insertText', false, text);
  if (!isTaken) insertByNodes(editor, text);
  const after = squeeze(editor.textContent ?? '');
  return after.length > before || after.includes(squeeze(text));
}
