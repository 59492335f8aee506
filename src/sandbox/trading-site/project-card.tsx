import { remainingText, timeText } from './facts-text.ts';
import { FailureWords } from './run-parts.tsx';
import type { ShownProject } from './use-project.ts';

/** The project, its opening time, and what is left until then. */
export function ProjectCard({ shown: { project, remaining, isOpen, failure } }: { shown: ShownProject }) {
  if (project === undefined) {
    return failure === undefined ? null : (
      <div class="failure" role="alert" data-code={failure.code}>
        <h2>{failure.text.title}</h2>
        <FailureWords failure={failure} />
      </div>
    );
  }
  return (
    <section class="project" aria-label="招标项目" data-open={isOpen}>
      <h2>{project.name}</h2>
      <dl>
        <div>
          <dt>项目编号</dt>
          <dd>{project.id}</dd>
        </div>
        <div>
          <dt>投标截止和开标时间</dt>
          <dd>{timeText(project.openingTime)}</dd>
        </div>
        <div>
          <dt>{isOpen ? '状态' : '距开标还有'}</dt>
          <dd>
            <span class="countdown" role="timer" aria-label="开标倒计时">
              {isOpen ? '已到开标时间' : remainingText(remaining)}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}
