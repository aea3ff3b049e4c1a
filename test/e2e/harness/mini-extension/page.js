const extension = globalThis.browser ?? globalThis.chrome;

extension.storage.local.get({ clicks: 0 }).then(({ clicks }) => {
  const line = document.createElement('h2');
  line.textContent = `${clicks} clicks`;
  document.body.append(line);
});
