import { browser } from 'wxt/browser';

/**
 * Whether what the person uses may be told to the store (the browser's and system's name, which talking point was seen): Firefox asks people at install and
 * lets them take it back; other browsers know no such question.
 */
export async function maySendUsage(): Promise<boolean> {
  const granted = (await browser.permissions.getAll()) as { data_collection?: string[] };
  return granted.data_collection?.includes('technicalAndInteraction') ?? true;
}
