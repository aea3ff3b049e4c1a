/** Long enough for the browser to have taken the text. */
const takenMs = 60_000;

/** Hands a table over as a file, into the browser's downloads. */
export function saveFile(fileName: string, ...texts: (string | Blob)[]): void {
  const url = URL.createObjectURL(new Blob(texts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), takenMs);
}
