import { createHash } from 'node:crypto';

const script = `const button = document.querySelector('button');
const said = document.querySelector('[role=status]');
if (!/^#[0-9a-f-]{36}\\.[\\w-]{43}$/.test(location.hash)) {
  document.querySelector('main').dataset.link = 'broken';
}
button.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = 'Copied. Now paste it into Baton.';
  } catch {
    said.textContent = 'Your browser did not allow copying. Copy the whole address from the address bar instead.';
  }
});`;

const style = `:root { color-scheme: light dark; --ink: #171b20; --soft: #626c78; --ground: #f5f6f7; --card: #fff; --line: #e4e7eb; --accent: #0b6b5d; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #929ca8; --ground: #0f1215; --card: #15181c; --line: #282e35; --accent: #4cc2ae; --on-accent: #06201c; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 15px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 33rem; margin: 2rem 1rem; padding: 2rem 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { font-size: 20px; margin: 0 0 .5rem; } p, ol { margin: .75rem 0; } ol { padding-left: 1.25rem; } li { margin: .5rem 0; }
button { font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px; padding: .5rem 1rem; margin: .4rem 0 0; display: block; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--soft); font-size: 13px; } [data-link=broken] .whole, .broken { display: none; } [data-link=broken] .broken { display: block; }
[role=status] { margin: .25rem 0 0; font-size: 13px; min-height: 1.6em; }`;

/** The page behind an invite link. The secret stands in the fragment, which browsers never send: this page does not see it, it only copies the address where the person asks. */
export const joinPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>Join your team on Baton</title><style>${style}</style></head>
<body><main>
<h1>You are invited to Baton</h1>
<p>Baton shows what marketing knows about an account beside the page where you work, and carries what you learn back.</p>
<div class="whole">
<p>The address of this page is your personal invite. It works once, within 24 hours, for one browser.</p>
<ol><li>Install the Baton extension in this browser, if it is not there yet.</li>
<li>Copy this link. <button type="button">Copy the invite link</button><p role="status" aria-live="polite"></p></li>
<li>Open Baton’s options, paste the link, and check who invites you before you accept.</li></ol>
<p class="soft">Do not pass the link on: whoever uses it first is signed in as you. The secret part never reaches this server by opening the page.</p>
</div>
<div class="broken"><p>This link is not whole: its last part, after the “#”, is missing or cut off. Open the link again exactly as you received it, or ask the person who invited you for a new one.</p></div>
<noscript><p>Copying needs JavaScript. Copy the whole address from the address bar instead.</p></noscript>
</main><script>${script}</script></body></html>
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the join page may do: run its own script and style, nothing else; it loads, sends and embeds nothing. */
export const joinPagePolicy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
