import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A keep-alive client without frills, so that the measuring costs little of what is measured. */
export function client(connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const send = (
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method,
        agent,
        headers: { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
      });
      outgoing.on('error', reject);
      outgoing.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      outgoing.end(body);
    });
  return {
    get: (url: string, headers: Record<string, string> = {}) => send('GET', url, headers),
    post: (url: string, body: unknown, headers: Record<string, string> = {}) =>
      send('POST', url, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}
export type Client = ReturnType<typeof client>;
