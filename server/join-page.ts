import { createHash } from 'node:crypto';

const script = `const button = document.querySelector('button');
const said = document.querySelector('[role=status]');
if (!/^#[0-9a-f-]{36}\\.[\\w-]{43}$/.test(location.hash)) {
  document.querySelector('main').dataset.link = 'broken';
}
document.querySelector('#host').textContent = location.host;
button.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = 'Copied. Now paste it into Baton’s options.';
  } catch {
    said.textContent = 'Your browser did not allow copying. Copy the whole address from the address bar instead.';
  }
});`;

const style = `:root { color-scheme: light dark; --ink: #171b20; --soft: #48515c; --ground: #f5f6f7; --card: #fff; --line: #e4e7eb; --control: #838c97; --accent: #0b6b5d; --on-accent: #fff; --tint: #e3f2ef; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #b6bec8; --ground: #0f1215; --card: #15181c; --line: #282e35; --control: #6c7682; --accent: #4cc2ae; --on-accent: #06201c; --tint: #12302b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
header { display: flex; align-items: center; gap: .5rem; color: var(--accent); } h1 { margin: 0; color: var(--ink); font-size: 22px; line-height: 28px; }
h2 { font-size: 15px; margin: 0 0 .25rem; } p, ol { margin: .5rem 0; } .soft { color: var(--soft); }
.card { margin: 1rem 0; padding: 1.25rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
ol { padding: 0; list-style: none; counter-reset: step; } li { position: relative; padding: 0 0 1.25rem 2.5rem; counter-increment: step; } li:last-child { padding-bottom: 0; }
li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 26px; height: 26px; border-radius: 13px; background: var(--accent); color: var(--on-accent); font-size: 13px; font-weight: 600; line-height: 26px; text-align: center; }
li p { margin: .25rem 0; } .bar { display: block; width: 100%; height: auto; margin: .5rem 0; }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--accent); font-weight: 500; } details p { margin-left: 1rem; }
button { font: inherit; font-weight: 500; color: var(--ink); background: var(--card); border: 1px solid var(--control); border-radius: 5px; padding: .25rem .75rem; cursor: pointer; }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: 13px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; } #host { overflow-wrap: anywhere; }
[data-link=broken] .whole, .broken { display: none; } [data-link=broken] .broken { display: block; } [role=status] { margin: .25rem 0 0; }
.bar .win { fill: var(--card); stroke: var(--control); } .bar .grey { fill: var(--line); } .bar .line { fill: none; stroke: var(--soft); stroke-width: 1.4; stroke-linejoin: round; }
.bar .hit { fill: var(--tint); stroke: var(--accent); } .bar .mark { fill: none; stroke: var(--accent); stroke-width: 4.2; stroke-linecap: round; } .bar .hand { fill: var(--ink); stroke: var(--card); }`;

/** The mark: two batons at the moment of the hand-over. */
const mark = `<svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true"><g fill="none" stroke="currentColor" stroke-width="5.6" stroke-linecap="round"><path d="M11.8 14.9l7.6-7.6" opacity=".5"/><path d="M4.6 16.7l7.6-7.6"/></g></svg>`;

/** A browser's bar with the mark at its end, and a pointer on it: what to click. */
const toolbar = `<svg class="bar" viewBox="0 0 520 64" role="img" aria-label="A drawing: at the right end of the browser’s toolbar stand a puzzle piece and, beside it, Baton’s icon.">
<rect class="win" x=".5" y=".5" width="519" height="43" rx="8"/><rect class="grey" x="16" y="11" width="386" height="22" rx="11"/>
<path class="line" d="M423 17h4a2.6 2.6 0 1 1 5 0h4v4.5a2.6 2.6 0 1 0 0 5V31h-13z"/>
<rect class="hit" x="451" y="6" width="32" height="32" rx="7"/><g transform="translate(455 10)"><path class="mark" d="M11.8 14.9l7.6-7.6" opacity=".5"/><path class="mark" d="M4.6 16.7l7.6-7.6"/></g>
<circle class="grey" cx="502" cy="22" r="7"/><path class="hand" d="M471 30l15 15.500-6.500.5 4 8-4 2-4-8-4.500 4.500z"/></svg>`;

/** The page behind an invite link. The secret stands in the fragment, which browsers never send: this page does not see it, it only copies the address where the person asks. It learns nothing of the extension either. */
export const joinPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>Join your team on Baton</title><style>${style}</style></head>
<body><main>
<header>${mark}<h1>You are invited to Baton</h1></header>
<p>Baton is a browser extension of your company. Beside a mail, a profile or a CRM record it shows what your marketing knows about that customer: who this is, how good the lead is and why, what to say. And it takes what you learn back to marketing.</p>
<div class="broken card"><p>This link is not whole: its last part, after the “#”, is missing or cut off. Open the link again exactly as you received it, or ask the person who invited you for a new one.</p></div>
<div class="whole">
<div class="card">
<ol>
<li><h2>Have Baton in this browser</h2>
<p class="soft">It is there already? Go on to 2.</p>
<details><summary>It is not there yet</summary>
<p>Baton is not in the browsers’ own shops so far. Ask the person who invited you how your company hands it out: most often it is installed for you, or you get a folder with it.</p>
<p><b>A folder, in Chrome or Edge:</b> open <code>chrome://extensions</code>, switch <i>Developer mode</i> on, press <i>Load unpacked</i> and choose the folder <code>chrome-mv3</code>.</p>
<p><b>A folder, in Firefox:</b> open <code>about:debugging#/runtime/this-firefox</code>, press <i>Load Temporary Add-on</i> and choose <code>manifest.json</code> in the folder <code>firefox-mv3</code>. Firefox lets go of it when it is closed.</p>
<p>Then come back to this page.</p></details></li>
<li><h2>Stay on this page and click Baton’s icon in the toolbar</h2>
${toolbar}
<p class="soft">You do not see it? It is behind the puzzle piece; the pin there keeps it in view.</p></li>
<li><h2>Press “Join <span id="host">this store</span>”</h2>
<p class="soft">Baton shows who invites you, and to what. Nothing is taken before you say so. Then it leads you to your first card.</p></li>
</ol>
</div>
<p class="soft">Rather by hand? <button type="button">Copy the invite link</button> and paste it into Baton’s options.</p><p role="status" aria-live="polite"></p>
<p class="soft">The address of this page is your personal invite: it works once, within 24 hours, for one browser. Do not pass it on; whoever takes it first is signed in as you. Opening the page does not send the secret part to this server.</p>
</div>
<div class="card">
<h2>What Baton reads, and what it sends</h2>
<p>On the sites that you leave switched on (Gmail, LinkedIn, Salesforce, HubSpot) it reads who is in view, inside your browser, and looks them up in a copy of your company’s own data. Addresses that your company does not know never leave your browser. It has no access to your mailbox, keeps no mail and no page, and tells nobody whom you looked at.</p>
<p>It sends what you do on purpose: your name when you join, <i>Weak</i> or <i>Strong</i>, an insight you write, a person you add, whether a talking point landed. By itself it sends how often a talking point was shown, as a count per day; and the store sees when this browser last asked for news.</p>
</div>
<noscript><p>Copying by the button needs JavaScript. Clicking Baton’s icon does not.</p></noscript>
</main><script>${script}</script></body></html>
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the join page may do: run its own script and style, nothing else; it loads, sends and embeds nothing. */
export const joinPagePolicy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
