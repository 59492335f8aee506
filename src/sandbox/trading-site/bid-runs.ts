import type { OpenedFile, OpenedFiles, Receipt } from '../../sdk/ca-bridge.ts';
import { fetchBid, readOut } from './bid-api.ts';
import type { OpeningTask } from './bid-texts.ts';
import { failureOf, type Failure } from './failures.ts';
import { bridgeOf } from './page-bridge.ts';
import type { BidView, ProjectView } from './project-views.ts';
import { fetchTrustAnchors } from './site-api.ts';
import type { RunTools } from './use-run.ts';

/** Files of one scan. */
export const filesAtOnce = 20;

const bridge = () => bridgeOf('1.2.0');

/** Where written files go: to this page, or to a place that the bidder picks. */
export type Delivery = 'page' | 'user';

/** `file` is absent where the bidder keeps it. */
export interface EncryptedBid {
  readonly receipt: Receipt;
  readonly file?: File;
}

/** Encrypts to the bidder's certificate and to those that the project wants. */
export async function encryptBids(
  files: readonly File[],
  deliver: Delivery,
  { openingTime, recipients }: ProjectView,
  tools: RunTools,
): Promise<readonly EncryptedBid[]> {
  const trustAnchors = await fetchTrustAnchors();
  const params = { files, deliver, trustAnchors, recipients: [...recipients] };
  const encrypted = await (await bridge()).encrypt({ ...params, openingTime: new Date(openingTime) }, tools);
  return encrypted.files;
}

/** An encrypted file as a task takes it. */
export interface FileToOpen {
  readonly name: string;
  /** The upload that it is; absent for a file of this PC that was never uploaded. */
  readonly bid?: BidView;
  /** Absent where it is still at the back end. */
  readonly file?: File;
}

/** What became of one file. */
export interface Opened {
  readonly outcome: OpenedFile;
  /** Why it could not be read out. */
  readonly unread?: Failure;
}

export interface OpenedResult {
  readonly task: OpeningTask;
  readonly files: readonly Opened[];
  readonly certificate: OpenedFiles['certificate'];
}

/** Readiness, rehearsal or opening of these files, with one scan. */
export async function openBids(
  task: OpeningTask,
  wanted: readonly FileToOpen[],
  deliver: Delivery,
  project: ProjectView,
  tools: RunTools,
): Promise<OpenedResult> {
  const trustAnchors = await fetchTrustAnchors();
  const files = await gather(wanted, project.id, tools);
  const openingTime = new Date(project.openingTime);
  const connected = await bridge();
  const { bids, certificate } =
    task === 'decrypt'
      ? await connected.decrypt({ files, deliver, trustAnchors }, tools)
      : await connected[task]({ files, openingTime, trustAnchors }, tools);
  const opened = await Promise.all(
    bids.map(async (outcome, index) => {
      const bid = wanted[index]?.bid;
      const unread = task === 'decrypt' ? await readOutcome(project.id, bid, outcome) : undefined;
      return { outcome, ...(unread === undefined ? {} : { unread }) };
    }),
  );
  return { task, files: opened, certificate };
}

async function gather(
  wanted: readonly FileToOpen[],
  projectId: string,
  { signal, tell }: RunTools,
): Promise<File[]> {
  const files: File[] = [];
  for (const [index, { file, bid }] of wanted.entries()) {
    if (file !== undefined) files.push(file);
    else if (bid !== undefined) {
      tell({ stage: 'fetching', text: `正在从系统取回加密文件（${index + 1}/${wanted.length}）…` });
      files.push(await fetchBid(projectId, bid, signal));
    }
  }
  return files;
}

/** The bid is opened whether or not the site takes note of it. */
async function readOutcome(
  projectId: string,
  bid: BidView | undefined,
  outcome: OpenedFile,
): Promise<Failure | undefined> {
  if (bid === undefined || !outcome.ok || outcome.plain === undefined) return undefined;
  try {
    await readOut(projectId, bid.n, outcome.plain);
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}
