import { mostPreviewBytes } from '#contract/import.ts';

/** A file's beginning as a preview takes it. */
export interface FileHead {
  head: string;
  isWhole: boolean;
}

/** Long pieces would overflow the call's arguments. */
const pieceSize = 32_768;

/** Reads a file's first bytes as base64. Rejects when the file is no longer where it was chosen. */
export async function readHead(file: Blob): Promise<FileHead> {
  const bytes = new Uint8Array(await file.slice(0, mostPreviewBytes).arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += pieceSize)
    text += String.fromCharCode(...bytes.subarray(from, from + pieceSize));
  return { head: btoa(text), isWhole: file.size <= mostPreviewBytes };
}
