import { useEffect, useState } from 'preact/hooks';
import { fetchBids, fetchReadings, moveOpeningTime } from './bid-api.ts';
import { BidOutcomes } from './bid-outcomes.tsx';
import { openBids, type OpenedResult } from './bid-runs.ts';
import { openingStates } from './bid-texts.ts';
import { OpeningForm, type OpeningOrder } from './opening-form.tsx';
import { ProjectCard } from './project-card.tsx';
import type { BidView, ProjectView, ReadingView } from './project-views.ts';
import { ReadingsTable } from './readings-table.tsx';
import { FailureNote, RunningNote } from './run-parts.tsx';
import { useProject } from './use-project.ts';
import { useRun } from './use-run.ts';

const hourMs = 3_600_000;

/** 开标大厅. */
export function OpeningHallPage() {
  const shown = useProject();
  const { project, isOpen, refresh } = shown;
  const move = async (openingTime: number | 'now'): Promise<void> => {
    if (project !== undefined) await moveOpeningTime(project.id, openingTime);
    await refresh();
  };
  return (
    <section class="panel signing bids">
      <h1>开标大厅</h1>
      <p class="hint">
        开标时间之前只能检查能否解密和开标演练；到开标时间后，用加密时所用的手机扫码解密，一次扫码可解密多个文件。
      </p>
      <ProjectCard shown={shown} />
      {project !== undefined && <Hall project={project} isOpen={isOpen} />}
      <section class="test-facility" aria-label="测试用">
        <p class="hint">仅供测试（真实系统没有此功能）：</p>
        <button type="button" class="button secondary" onClick={() => void move('now')}>
          立即开标
        </button>
        <button type="button" class="button secondary" onClick={() => void move(Date.now() + hourMs)}>
          改为一小时后开标
        </button>
      </section>
    </section>
  );
}

function Hall({ project, isOpen }: { project: ProjectView; isOpen: boolean }) {
  const { view, run, cancel, reset } = useRun<OpenedResult>(openingStates);
  const { id } = project;
  const [bids, setBids] = useState<readonly BidView[]>([]);
  const [readings, setReadings] = useState<readonly ReadingView[]>([]);

  // By the site's own word: its clock may be behind what this page has counted down.
  const mayRead = project.isOpen;
  // Whenever the site was asked for the project: others upload and open meanwhile. The next time makes up for a failure.
  useEffect(() => {
    const ignore = (): void => undefined;
    fetchBids(id).then(setBids, ignore);
    if (mayRead) fetchReadings(id).then(setReadings, ignore);
  }, [project, view.name]);

  const start = ({ task, files, deliver }: OpeningOrder): void => {
    void run((tools) => openBids(task, files, deliver, project, tools));
  };
  return (
    <>
      {view.name === 'form' && <OpeningForm bids={bids} isOpen={isOpen} onOrder={start} />}
      {view.name === 'running' && <RunningNote stage={view.stage} text={view.text} onCancel={cancel} />}
      {view.name === 'failure' && <FailureNote failure={view.failure} onBack={reset} />}
      {view.name === 'done' && <BidOutcomes result={view.result} onAgain={reset} />}
      {mayRead && <ReadingsTable readings={readings} />}
    </>
  );
}
