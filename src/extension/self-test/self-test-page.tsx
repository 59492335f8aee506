import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { VerificationReport as Report } from '../../protocol/verification.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { Button } from '../ui/button.tsx';
import { Glyph, type GlyphName } from '../ui/glyph.tsx';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { selfTestSteps } from '../ui/text/self-test-text.ts';
import { VerificationReport } from '../ui/verification-report.tsx';
import { SealedSample } from './sealed-sample.tsx';
import { progressOf, useSelfTest, type SelfTest } from './use-self-test.ts';

/** 扫码签章检测: can this computer seal now? */
export function SelfTestPage({ client }: { client: BackgroundClient }): VNode {
  const product = useText().product;
  const text = useText().selfTest;
  const { test, start, stop } = useSelfTest(client);
  useEffect(() => {
    document.title = `${text.title} – ${product}`;
  }, [text, product]);
  return (
    <main class="page">
      <BrandHeader />
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <section class="card">
        {test === undefined ? <p>{text.needs}</p> : <Steps test={test} />}
        {test?.isRunning === true && (test.step === 'scanned' || test.step === 'sealed') && (
          <p class="label">{text.inWindow}</p>
        )}
        <div class="actions">
          {test?.isRunning === true ? (
            <Button onPress={stop}>{text.stop}</Button>
          ) : (
            <Button kind="primary" onPress={start}>
              {test === undefined ? text.start : text.again}
            </Button>
          )}
        </div>
      </section>
      <div role="status" class="report">
        {test?.error !== undefined && <Failure code={test.error} />}
        {test?.report !== undefined && <Outcome report={test.report} />}
      </div>
      {test?.sealed !== undefined && <SealedSample sealed={test.sealed} />}
      {test?.report !== undefined && (
        <VerificationReport report={test.report} name={test.sealed?.name ?? ''} />
      )}
    </main>
  );
}

const looks = {
  done: { tone: 'tone-ok', glyph: 'check' },
  running: { tone: 'tone-busy', glyph: 'spinner' },
  failed: { tone: 'tone-bad', glyph: 'cross' },
  waiting: { tone: 'tone-idle', glyph: 'dash' },
} as const satisfies Record<string, { tone: string; glyph: GlyphName }>;

function Steps({ test }: { test: SelfTest }): VNode {
  const text = useText().selfTest.steps;
  return (
    <ol class="steps">
      {selfTestSteps.map((step) => {
        const progress = progressOf(test, step);
        return (
          <li
            key={step}
            class={looks[progress].tone}
            data-progress={progress}
            aria-current={progress === 'running' ? 'step' : undefined}
          >
            <Glyph name={looks[progress].glyph} />
            {text[step]}
          </li>
        );
      })}
    </ol>
  );
}

function Failure({ code }: { code: NonNullable<SelfTest['error']> }): VNode {
  const text = useText();
  const { title, cause, remedy } = errorCatalogue[code].text[useLocale()];
  return (
    <div class="notice tone-bad">
      <Glyph name="warning" />
      <div>
        <p class="notice-title">{`${text.selfTest.failed}: ${title}`}</p>
        <p>{cause}</p>
        <p>{remedy}</p>
        <p class="detail">{text.errorCode(code)}</p>
      </div>
    </div>
  );
}

/** Sealing works; whether the seal also verifies is said apart, and a seal that does not hold is no pass. */
function Outcome({ report }: { report: Report }): VNode {
  const text = useText().selfTest;
  if (report.verdict === 'invalid') {
    return (
      <div class="notice tone-bad">
        <Glyph name="cross" />
        <p class="notice-title">{text.failed}</p>
      </div>
    );
  }
  const { title, next } = report.verdict === 'valid' ? text.passed : text.doubtful;
  const isPassed = report.verdict === 'valid';
  return (
    <div class={`notice ${isPassed ? 'tone-ok' : 'tone-warn'}`}>
      <Glyph name={isPassed ? 'check' : 'warning'} />
      <div>
        <p class="notice-title">{title}</p>
        <p>{next}</p>
      </div>
    </div>
  );
}
