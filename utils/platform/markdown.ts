/**
 * What makes text read other than it is, or unseen: control characters, bidirectional marks and overrides, invisible spaces, tags.
 * Line breaks become spaces: a line of Markdown is a line.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Every sign of ASCII that can mean something in Markdown, GitHub's kind with it (CommonMark 2.4: each may be escaped). */
const signs = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;
/** Those that mean nothing within a line of words, left as they are for who reads the source. */
const harmless = /^[,;'"?%$/(]$/;

/**
 * Typed text as one line of Markdown that says just that, wherever it is drawn: no markup, no HTML, no link (a bare address is none, either: its dots and colons are escaped),
 * no mention, no list or heading where it begins a line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n\v\f\u2028\u2029]+\s*/g, ' ')
    .replace(unseen, '')
    .trim()
    .replace(signs, (sign) => {
      if (sign === '<') return '&lt;';
      if (sign === '&') return '&amp;';
      return harmless.test(sign) ? sign : `\\${sign}`;
    });
}
