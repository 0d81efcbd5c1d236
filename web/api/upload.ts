/** Sends a file to our own server and tells how far it is, which `fetch` does not. Class: side effect. */
import { sessionToken } from './ask.js';
import { ApiProblem, problemOf } from './problem.js';

const REFUSED = 400;

/**
 * Sends it as it is, with its name beside it.
 *
 * @param progress - hears how much is sent, from 0 to 1
 * @throws ApiProblem whatever is not 2xx; code `OFFLINE`, status 0: nothing answered.
 */
export function upload<T>(
  path: string,
  file: File,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('content-disposition', dispositionOf(file.name));
    request.setRequestHeader('x-csrf-token', sessionToken());
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, responseText } = request;
      if (status < REFUSED) resolve(JSON.parse(responseText) as T);
      else problemOf(new Response(responseText, { status })).then(reject, reject);
    };
    request.onerror = () => reject(new ApiProblem(0, 'OFFLINE', 'nothing answered', null));
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** A name as a header carries it: halves of characters would not be encoded. Source: RFC 8187. */
function dispositionOf(name: string): string {
  const encoded = encodeURIComponent(name.replace(/\p{Cs}/gu, '_'));
  const rest = encoded.replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${rest}`;
}
