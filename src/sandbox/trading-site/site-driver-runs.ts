import type { SiteFlow } from '../../sdk/ca-bridge.ts';
import { bridgeOf } from './page-bridge.ts';
import { fetchTrustAnchors, verifyAtSite } from './site-api.ts';
import { takeLogin } from './site-driver-flow.ts';
import type { FinishedFile } from './signing-runs.ts';
import type { RunTools } from './use-run.ts';

export const flowTasks = ['login', 'seal', 'encrypt', 'decrypt'] as const;
export type FlowTask = (typeof flowTasks)[number];

export interface FlowResult {
  readonly text: string;
  readonly files: readonly FinishedFile[];
}

const bridge = () => bridgeOf('1.3.0');

/** Runs one task whose QR comes from this site's own back end. */
export async function runFlowTask(
  task: FlowTask,
  files: readonly File[],
  flow: SiteFlow,
  tools: RunTools,
): Promise<FlowResult> {
  switch (task) {
    case 'login':
      return logIn(flow, tools);
    case 'seal': {
      const trustAnchors = await fetchTrustAnchors();
      const asked = { files: files.map((file) => ({ file })), flow, trustAnchors };
      const sealed = await (await bridge()).seal(asked, tools);
      const judged = sealed.files.map(async ({ file }) => ({ file, report: await verifyAtSite(file) }));
      return { text: '签章完成', files: await Promise.all(judged) };
    }
    case 'encrypt': {
      const trustAnchors = await fetchTrustAnchors();
      const encrypted = await (await bridge()).encrypt({ files, flow, trustAnchors }, tools);
      return { text: '加密完成', files: encrypted.files.flatMap(({ file }) => (file ? [{ file }] : [])) };
    }
    case 'decrypt': {
      const { bids } = await (await bridge()).decrypt({ files, flow }, tools);
      const opened = bids.flatMap((bid) => (bid.ok && bid.file !== undefined ? [{ file: bid.file }] : []));
      return { text: `解密完成：${bids.length} 个文件中 ${opened.length} 个`, files: opened };
    }
  }
}

/** The window shows the QR; who logged in is between the platform and this site's back end. */
async function logIn(flow: SiteFlow, tools: RunTools): Promise<FlowResult> {
  let shown: string | undefined;
  const watched: SiteFlow = {
    ...flow,
    async open(request, options) {
      const qr = await flow.open(request, options);
      shown = qr.businessId;
      return qr;
    },
  };
  await (await bridge()).showLogin({ flow: watched }, tools);
  const { organisation } = await takeLogin(shown ?? '');
  return { text: `已登录：${organisation}`, files: [] };
}
