const extension = globalThis.browser ?? globalThis.chrome;

extension.runtime.onMessage.addListener((message, _sender, reply) => {
  extension.storage.local.get({ clicks: 0 }).then(async ({ clicks }) => {
    const next = clicks + (message.clicked ? 1 : 0);
    await extension.storage.local.set({ clicks: next });
    reply({ clicks: next });
  });
  return true;
});
