import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { CodedError, codeOf } from '../../protocol/coded-error.ts';
import type { SignedDocuments } from '../../protocol/documents.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { SessionState } from '../../protocol/session-states.ts';
import type { VerificationReport } from '../../protocol/verification.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { loadStoredAnchors } from '../ui/stored-anchors.ts';
import { selfTestSteps, type SelfTestStep } from '../ui/text/self-test-text.ts';
import { samplePdf, sampleKeyword } from './sample-pdf.ts';
import { sealThroughBridge } from './seal-through-bridge.ts';

export interface SelfTest {
  /** The step that goes on, or failed; all are done where there is none. */
  readonly step?: SelfTestStep | undefined;
  readonly isRunning: boolean;
  readonly error?: ErrorCode;
  readonly sealed?: SignedDocuments['outputs'][number] | undefined;
  readonly report?: VerificationReport;
}

/** The step that goes on while the session is in a state. */
const stepOf: Partial<Record<SessionState, SelfTestStep>> = {
  requested: 'read',
  awaitingConsent: 'scanned',
  preparing: 'scanned',
  awaitingScan: 'scanned',
  expired: 'scanned',
  scanned: 'scanned',
  arranging: 'sealed',
  signing: 'sealed',
  confirmed: 'sealed',
  completing: 'sealed',
};

/** Runs the test: seals a sample by the bridge as a page would, then has the result verified. */
export function useSelfTest(client: BackgroundClient): {
  readonly test: SelfTest | undefined;
  start(): void;
  stop(): void;
} {
  const [test, setTest] = useState<SelfTest>();
  const running = useRef<AbortController>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const start = useCallback((): void => {
    stop();
    const { signal } = (running.current = new AbortController());
    let state: SelfTest = { step: 'client', isRunning: true };
    const become = (changes: Partial<SelfTest>): void => {
      state = { ...state, ...changes };
      if (running.current?.signal === signal) setTest(state);
    };
    become({});
    run(client, signal, become).catch((error: unknown) => become({ isRunning: false, error: codeOf(error) }));
  }, [client, stop]);
  return { test, start, stop };
}

async function run(
  client: BackgroundClient,
  signal: AbortSignal,
  become: (changes: Partial<SelfTest>) => void,
): Promise<void> {
  const goOn = (step: SelfTestStep): void => become({ step });
  const clients = await client.send({ command: 'checkClients' });
  const signature = clients.find(({ kind }) => kind === 'signature');
  if (signature === undefined) throw new CodedError('CLIENT_NOT_FOUND');
  if (!signature.found) throw new CodedError(signature.error.code);
  goOn('read');
  const trustAnchors = [...(await loadStoredAnchors().catch(() => []))];
  const document = {
    name: 'self-test.pdf',
    blob: samplePdf(new Date()),
    places: [{ kind: 'keyword' as const, text: sampleKeyword }],
  };
  const sealed = await sealThroughBridge(
    { documents: [document], trustAnchors },
    { signal, onState: (state) => goOn(stepOf[state] ?? 'sealed') },
  );
  const [output] = sealed.outputs;
  if (output === undefined) throw new CodedError('BRIDGE_INTERNAL');
  become({ step: 'verified', sealed: output });
  const report = await client.send({
    command: 'verifyFile',
    name: output.name,
    blob: output.blob,
    trustAnchors,
  });
  become({ isRunning: false, step: undefined, report });
}

/** How a step stands. */
export function progressOf(test: SelfTest, step: SelfTestStep): 'done' | 'running' | 'failed' | 'waiting' {
  if (test.step === undefined) return 'done';
  const distance = selfTestSteps.indexOf(step) - selfTestSteps.indexOf(test.step);
  if (distance !== 0) return distance < 0 ? 'done' : 'waiting';
  return test.error === undefined ? 'running' : 'failed';
}
