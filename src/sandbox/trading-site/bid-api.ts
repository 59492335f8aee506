import type { FileFacts } from '../../protocol/bids.ts';
import type { BidView, ProjectsView, ProjectView, ReadingView } from './project-views.ts';
import { callSite, SiteRefusal } from './site-api.ts';

const pathOf = (projectId: string, place: string): string => `/api/projects/${projectId}/${place}`;

export async function fetchProjects(): Promise<ProjectsView> {
  return (await callSite('GET', '/api/projects')) as ProjectsView;
}

/** What this bidder uploaded. */
export async function fetchBids(projectId: string): Promise<readonly BidView[]> {
  return ((await callSite('GET', pathOf(projectId, 'bids'))) as { bids: BidView[] }).bids;
}

/** The encrypted file as it was uploaded. */
export async function fetchBid(projectId: string, { n, name }: BidView, signal: AbortSignal): Promise<File> {
  const response = await fetch(pathOf(projectId, `bids/${n}`), { cache: 'no-store', signal });
  if (!response.ok) throw new SiteRefusal((await response.json()) as { error: string });
  return new File([await response.blob()], name);
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Part of the bytes that were sent, 0 to 1; at 1 the back end checks the file. */
  readonly onProgress: (part: number) => void;
}

/**
 * Uploads an encrypted file, and gives what the back end checked. By XMLHttpRequest, since `fetch` tells no progress.
 * @param sm3 what the receipt says of the file
 * @throws SiteRefusal, TypeError where the back end cannot be reached, the signal's reason
 */
export function uploadBid(
  projectId: string,
  { file, sm3 }: { readonly file: File; readonly sm3: string },
  { signal, onProgress }: UploadOptions,
): Promise<BidView> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    signal.addEventListener('abort', stop);
    request.open('POST', `${pathOf(projectId, 'bids')}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-receipt-sm3', sm3);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(new TypeError('the back end cannot be reached'));
    request.onabort = () => reject(signal.reason as Error);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as BidView);
      else reject(new SiteRefusal((request.response ?? { error: 'NETWORK' }) as { error: string }));
    };
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.send(file);
  });
}

/** 唱标: tells the back end what was opened. */
export async function readOut(projectId: string, n: number, plain: FileFacts): Promise<void> {
  await callSite('POST', pathOf(projectId, 'opened'), { n, plain });
}

/** What all bidders opened; only from the opening time on. */
export async function fetchReadings(projectId: string): Promise<readonly ReadingView[]> {
  return ((await callSite('GET', pathOf(projectId, 'opened'))) as { readings: ReadingView[] }).readings;
}

/** A facility of the sandbox for tests. */
export async function moveOpeningTime(projectId: string, openingTime: number | 'now'): Promise<ProjectView> {
  return (await callSite('POST', pathOf(projectId, 'opening-time'), { openingTime })) as ProjectView;
}
