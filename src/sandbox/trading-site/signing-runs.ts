import type { CallOptions } from '../../sdk/ca-bridge.ts';
import type { VerificationReport } from '../../protocol/verification.ts';
import { bridgeOf } from './page-bridge.ts';
import { samplePdf } from './sample-pdf.ts';
import { fetchTrustAnchors, verifyAtSite } from './site-api.ts';

/** A finished file with what the site's own back end says of it. */
export interface FinishedFile {
  readonly file: File;
  readonly report?: VerificationReport;
}

/** How a file is to be sealed. */
export interface SealOrder {
  readonly files: readonly File[];
  /** `none` leaves the places to the bidder. */
  readonly place: 'none' | 'keyword' | 'seam';
  readonly format: 'cms' | 'ses';
}

const bridge = () => bridgeOf('1.1.0');

const places = {
  none: [],
  keyword: [{ kind: 'keyword', text: 'SEAL HERE' }],
  seam: [{ kind: 'seam', y: 421 }],
} as const;

export async function sealFiles(order: SealOrder, options: CallOptions): Promise<FinishedFile[]> {
  const trustAnchors = await fetchTrustAnchors();
  const files = order.files.map((file) => ({ file, places: [...places[order.place]] }));
  const sealed = await (await bridge()).seal({ files, format: order.format, trustAnchors }, options);
  return Promise.all(sealed.files.map(async ({ file }) => ({ file, report: await verifyAtSite(file) })));
}

/** 扫码签章检测: a sample document through the whole way. */
export function testSealing(options: CallOptions): Promise<FinishedFile[]> {
  const sample = new File([samplePdf('CA Bridge self-test', 2)], '扫码签章检测.pdf');
  return sealFiles({ files: [sample], place: 'keyword', format: 'cms' }, options);
}

export async function revokeLastSeal(file: File, options: CallOptions): Promise<FinishedFile[]> {
  const trustAnchors = await fetchTrustAnchors();
  const revoked = await (await bridge()).revokeSeal({ file, trustAnchors }, options);
  return [{ file: revoked.file }];
}

export async function signContent(
  content: { readonly text: string } | { readonly file: File },
  form: 'attached' | 'detached',
  options: CallOptions,
): Promise<FinishedFile[]> {
  const trustAnchors = await fetchTrustAnchors();
  const { file } = await (await bridge()).signMessage({ ...content, form, trustAnchors }, options);
  return [form === 'attached' ? { file, report: await verifyAtSite(file) } : { file }];
}
