import type { Failure } from './failures.ts';
import type { Running } from './use-run.ts';

/** What a request is at, and the way out of it. */
export function RunningNote({ stage, text, onCancel }: Running & { onCancel: () => void }) {
  return (
    <div class="running" data-stage={stage}>
      <p class="progress-now" role="status">
        <span class="spinner" aria-hidden="true" />
        {text}
      </p>
      <button type="button" class="button secondary" onClick={onCancel}>
        取消
      </button>
    </div>
  );
}

/** What went wrong, and what to do about it. */
export function FailureWords({ failure: { code, text } }: { failure: Failure }) {
  return (
    <>
      <p>{text.cause}</p>
      <p class="remedy">{text.remedy}</p>
      <p class="code">错误代码 {code}</p>
    </>
  );
}

export function FailureNote({ failure, onBack }: { failure: Failure; onBack: () => void }) {
  return (
    <div class="failure" role="alert" data-code={failure.code}>
      <h2>{failure.text.title}</h2>
      <FailureWords failure={failure} />
      <button type="button" class="button primary" onClick={onBack}>
        返回
      </button>
    </div>
  );
}
