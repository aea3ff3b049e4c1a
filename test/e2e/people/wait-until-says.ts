/** Waits until what `read` answers holds these words. Rejects, naming `who` should say them, with what was said instead. */
export async function waitUntilSays(
  who: string,
  read: () => Promise<string>,
  words: string,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const said = await read();
    if (said.includes(words)) return;
    if (Date.now() > deadline)
      throw new Error(
        `${who} does not say "${words}" within ${timeoutMs} ms. It says: ${said.replace(/\s+/g, ' ').slice(0, 1500)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
