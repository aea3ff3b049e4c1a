import { contractHeader, spoken, writeSpoken } from '#contract/versions.ts';
import type { Upload } from '../../utils/view/desk/desk.ts';

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not the store's answer: its status says enough.
    return null;
  }
}

/** Sends a file as it is, by the one means that tells how much of it has gone: no request made by `fetch` does. */
export const uploadFile: Upload = ({ url, ticket }, file, onSent) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Authorization', `Ticket ${ticket}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader(contractHeader, writeSpoken(spoken));
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => done({ status: request.status, body: readJson(request.responseText) });
    request.onerror = () => done({ status: 0, body: null });
    request.onabort = () => done({ status: 0, body: null });
    request.send(file);
  });
