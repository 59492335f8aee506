import { sampleProject } from '../../../src/sandbox/trading-site/sample-project.ts';

/** One browser's dealings with the trading site: its cookies, and its origin on POSTs. */
export interface SiteClient {
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  challenge(): Promise<string>;
  /** Uploads a bid to the sandbox's project, as its pages do. */
  upload(bid: UploadedFile, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the receipt says. */
  readonly sm3: string;
}

/** Path of the sandbox's project, or of what is below it. */
export const projectAt = (place: string): string => `/api/projects/${sampleProject.id}/${place}`;

export function createSiteClient(origin: string): SiteClient {
  const cookies = new Map<string, string>();

  async function call(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const response = await fetch(origin + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  }

  const post: SiteClient['post'] = (path, body = {}, headers = {}) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });

  const upload: SiteClient['upload'] = ({ name, bytes, sm3 }, headers = {}) =>
    call(`${projectAt('bids')}?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-receipt-sm3': sm3, origin, ...headers },
      body: Uint8Array.from(bytes),
    });

  return {
    upload,
    get: (path) => call(path, {}),
    post,
    challenge: async () => ((await (await post('/api/challenge')).json()) as { challenge: string }).challenge,
  };
}
