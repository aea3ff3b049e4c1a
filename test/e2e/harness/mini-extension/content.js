// The panel's container in small: an about:blank frame inside a closed shadow root.
const extension = globalThis.browser ?? globalThis.chrome;
const host = document.createElement('div');
const frame = document.createElement('iframe');
frame.style.cssText = 'width: 340px; height: 200px; border: 0';
frame.title = 'Harness panel';
host.attachShadow({ mode: 'closed' }).append(frame);
document.documentElement.append(host);

const button = frame.contentDocument.createElement('button');
button.textContent = 'Weak';
button.addEventListener('click', async (event) => {
  const { clicks } = await extension.runtime.sendMessage({ clicked: event.isTrusted });
  button.setAttribute('aria-label', `Saved ${clicks}`);
});
frame.contentDocument.body.append(button);
