import { readFileSync } from 'node:fs';
import { pageCases } from '../../fixtures/pages/cases.ts';

const folder = new URL('../../fixtures/pages/', import.meta.url);

/** A page to read: its layout's name, the addresses it appears under with the number of people in view under each, and its text. */
export interface Layout {
  name: string;
  addresses: { url: string; people: number }[];
  html: string;
}

/**
 * Runs in the page: fills it up to so many bytes with rows after everything else, each full of other people's addresses, links and names, none of them
 * in view. What `showLayout` shows later stands before them.
 */
export function fillUp(bytes: number): void {
  const rowOf = (index: number) => {
    const address = `row${index}@decoy.example`;
    return `<div class="row"><span email="${address}" data-hovercard-id="${address}" name="Row ${index}">Row ${index}</span><a href="/in/row-${index}/">Profile</a><a href="https://decoy.example/${index}">Link</a><p>Some words about nothing in particular, number ${index}.</p></div>\n`;
  };
  const rows: string[] = [];
  for (let size = 0, index = 0; size < bytes; index += 1) {
    const row = rowOf(index);
    rows.push(row);
    size += row.length;
  }
  const filler = document.createElement('section');
  filler.id = 'filler';
  filler.innerHTML = rows.join('');
  document.body.append(filler);
}

function messageOf(index: number): string {
  const sender = `person${index % 40}@pennantworks.example`;
  const to = [1, 2, 3].map((step) => `person${(index + step) % 40}@pennantworks.example`);
  const recipients = to.map((each) => `<span email="${each}" name="${each}" class="g2">${each}</span>`).join(', ');
  return `<div class="h7" role="listitem"><div class="adn ads" data-message-id="#msg-f:${index}"><table><tbody><tr><td class="gF gK"><h3 class="iw"><span class="gD" email="${sender}" name="Person ${index % 40}">Person ${index % 40}</span></h3></td></tr><tr><td><span class="hb">to ${recipients}</span></td></tr></tbody></table><div class="ii gt"><div class="a3s">${'<p>Words of a long thread, <a href="mailto:body@decoy.example">body@decoy.example</a>.</p>'.repeat(20)}</div></div></div></div>`;
}

/** An open thread of so many messages among 40 people. */
export function longThread(messages: number): string {
  const all = Array.from({ length: messages }, (_, index) => messageOf(index)).join('');
  return `<!doctype html><html><head><title>A long thread - theo.brandt@aldersales.example - Mail</title></head><body><div class="aeF"><div class="nH" role="main"><div class="nH g id"><div class="nH a98 iY"><h2 class="hP" data-legacy-thread-id="18a0000000000021">A long thread</h2><div role="list">${all}</div></div></div></div></div></body></html>`;
}

/** Ten sub-tabs of a console left hidden before the one in front. */
function console10(html: string): string {
  const at = html.indexOf('<body>') + '<body>'.length;
  const body = html.slice(at, html.lastIndexOf('</body>')).replaceAll('pennantworks', 'decoy');
  return `${html.slice(0, at)}${`<div style="display:none">${body}</div>`.repeat(10)}${html.slice(at)}`;
}

/** Every layout of the fixtures, and two that are large by themselves. */
export function layouts(): Layout[] {
  const all = Object.entries(Object.groupBy(pageCases, ({ file }) => file)).map(([file, cases = []]) => ({
    name: file.replace('.html', ''),
    addresses: cases.map(({ url, expected }) => ({ url, people: expected?.people.length ?? 0 })),
    html: readFileSync(new URL(file, folder), 'utf8'),
  }));
  const contact = all.find(({ name }) => name === 'salesforce-contact');
  const thread = {
    name: 'gmail-thread of 100 messages',
    addresses: [{ url: 'https://mail.google.com/mail/u/0/', people: 40 }],
    html: longThread(100),
  };
  const large = contact ? [{ ...contact, name: 'salesforce-console of 11 tabs', html: console10(contact.html) }] : [];
  return [...all, thread, ...large];
}
