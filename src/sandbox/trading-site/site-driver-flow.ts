import type { SiteFlow, SiteIdentity, SiteKey, SiteQr, SiteState } from '../../sdk/ca-bridge.ts';
import { SiteRefusal } from './site-api.ts';

/** What goes wrong on purpose, for tests. */
export type FlowFault = 'foreignHost' | 'silent';

export interface FlowOptions {
  /** Keys as the published flow gives them, or wrapped to the client's one-time key. */
  readonly keys?: 'bare' | 'wrapped';
  readonly fault?: FlowFault | undefined;
  /** Told of each step, in words. */
  readonly onStep: (step: string) => void;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** One call of this site's own back end, which asks the platform's front server. @throws SiteRefusal */
async function ask<Answer>(path: string, body: object, signal?: AbortSignal): Promise<Answer> {
  const answered = await fetch(`/driver/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    cache: 'no-store',
    signal: signal ?? null,
  });
  if (answered.status === 204) return undefined as Answer;
  const answer = (await answered.json()) as Answer;
  if (!answered.ok) throw new SiteRefusal(answer as { error: string });
  return answer;
}

const stateSteps: Readonly<Record<SiteState, string>> = {
  waiting: '等待扫码',
  scanned: '已扫码（扫码状态）',
  identified: '已取得扫码人身份',
  confirmed: '手机已确认',
  refused: '手机已拒绝',
  expired: '二维码已过期',
};

/** The published flow of 中招互连, step by step over the site's own back end. */
export function createSiteDriverFlow({ keys: keyForm = 'bare', fault, onStep }: FlowOptions): SiteFlow {
  let accessToken: string | undefined;
  return {
    platform: 'zhongzhao-hulian',

    async open(request, { after, openingId, signal }) {
      if (fault === 'silent') return never();
      const { oneTimeKey, ...rest } = request;
      const asked = keyForm === 'wrapped' && oneTimeKey !== undefined ? { ...rest, oneTimeKey } : rest;
      const shown = await ask<SiteQr>('qr', { request: asked, openingId, after }, signal);
      onStep(after === undefined ? '已取得二维码' : '已刷新二维码');
      return fault === 'foreignHost' ? { ...shown, qr: 'https://qr.example.net/scan/1' } : shown;
    },

    async state(businessId, after, signal) {
      const now = await ask<{ state: SiteState; accessToken?: string }>(
        'state',
        { businessId, after },
        signal,
      );
      if (now.state !== after) onStep(stateSteps[now.state]);
      if (now.accessToken !== undefined && accessToken === undefined) {
        accessToken = now.accessToken;
        onStep('已取得 accessToken');
      }
      return now.state;
    },

    async identity(businessId, signal) {
      const identity = await ask<SiteIdentity>('identity', { businessId }, signal);
      if (identity.seals.length > 0) onStep(`已取得印章列表（${identity.seals.length} 枚）`);
      return identity;
    },

    async submit(businessId, toBeSigned, signal) {
      await ask('submit', { businessId, toBeSigned }, signal);
      onStep('已上传待签数据，由平台计算摘要');
    },

    async signatures(businessId, signal) {
      const { signatures } = await ask<{ signatures: string[] }>('signatures', { businessId }, signal);
      onStep('已取得签名值，由客户端合成文件');
      return signatures;
    },

    async envelopes(businessId, envelopes, signal) {
      await ask('envelopes', { businessId, envelopes, accessToken }, signal);
      onStep(`已上传数字信封（${envelopes.length} 个）`);
    },

    async keys(businessId, signal) {
      const { keys } = await ask<{ keys: (SiteKey | null)[] }>('keys', { businessId, accessToken }, signal);
      onStep('已取回对称密钥，由客户端在本机解密');
      return keys;
    },

    cancel: (businessId) => ask('cancel', { businessId }).catch(() => undefined),
  };
}

/** Takes the login that `businessId` confirmed: from now on this browser is logged in. */
export async function takeLogin(businessId: string): Promise<{ organisation: string }> {
  return ask('login', { businessId });
}
