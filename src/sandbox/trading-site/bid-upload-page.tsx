import { useState } from 'preact/hooks';
import { BidOutcomes } from './bid-outcomes.tsx';
import { encryptBids, filesAtOnce, openBids, type EncryptedBid, type OpenedResult } from './bid-runs.ts';
import { encryptionStates, openingStates, taskNames } from './bid-texts.ts';
import { filesOf } from './files-of.ts';
import { ProjectCard } from './project-card.tsx';
import type { ProjectView } from './project-views.ts';
import { FailureNote, RunningNote } from './run-parts.tsx';
import { UploadRow } from './upload-row.tsx';
import { useProject } from './use-project.ts';
import { useRun } from './use-run.ts';
import { useUploads } from './use-uploads.ts';

/** 投标文件加密上传. */
export function BidUploadPage() {
  const shown = useProject();
  const { view, run, cancel, reset } = useRun<readonly EncryptedBid[]>(encryptionStates);
  const { project, isOpen } = shown;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const deliver = new FormData(form).has('keep') ? 'user' : 'page';
    if (project !== undefined) {
      void run((tools) => encryptBids(filesOf(form), deliver, project, tools));
    }
  };

  return (
    <section class="panel signing bids">
      <h1>投标文件加密上传</h1>
      <p class="hint">
        文件在本机加密，只有您手机上的加密证书和交易中心能解密；一次扫码最多 {filesAtOnce} 个文件，大小不限。
      </p>
      <ProjectCard shown={shown} />
      {project !== undefined && view.name === 'form' && <UploadForm isOpen={isOpen} onSubmit={submit} />}
      {view.name === 'running' && <RunningNote stage={view.stage} text={view.text} onCancel={cancel} />}
      {view.name === 'failure' && <FailureNote failure={view.failure} onBack={reset} />}
      {project !== undefined && view.name === 'done' && (
        <UploadResult project={project} encrypted={view.result} onAgain={reset} />
      )}
    </section>
  );
}

function UploadForm({ isOpen, onSubmit }: { isOpen: boolean; onSubmit: (event: SubmitEvent) => void }) {
  const [count, setCount] = useState(0);
  const isTooMany = count > filesAtOnce;
  return (
    <form onSubmit={onSubmit}>
      <label>
        投标文件
        <input
          type="file"
          name="file"
          multiple
          required
          onChange={({ currentTarget }) => setCount(currentTarget.files?.length ?? 0)}
        />
      </label>
      {isTooMany && (
        <p class="bad" role="alert">
          选了 {count} 个文件，一次最多 {filesAtOnce} 个，请分次加密。
        </p>
      )}
      <label class="check">
        <input type="checkbox" name="keep" />
        结果保存到本机（先由您保存加密文件，再选择它上传）
      </label>
      {isOpen && <p class="bad">已过投标截止时间，系统不再接收投标文件。</p>}
      <button class="button primary" disabled={isOpen || isTooMany}>
        扫码加密并上传
      </button>
    </form>
  );
}

interface UploadResultProps {
  readonly project: ProjectView;
  readonly encrypted: readonly EncryptedBid[];
  readonly onAgain: () => void;
}

/** The encrypted files on their way to the back end, and what can be tried with them. */
function UploadResult({ project, encrypted, onAgain }: UploadResultProps) {
  const { states, upload } = useUploads(project.id, encrypted);
  const check = useRun<OpenedResult>(openingStates);
  const { view } = check;
  const files = encrypted.flatMap(({ file }) => file ?? []);
  const taken = states.filter(({ name }) => name === 'taken').length;
  const start = (task: 'readiness' | 'rehearse'): void => {
    const wanted = files.map((file) => ({ name: file.name, file }));
    void check.run((tools) => openBids(task, wanted, 'page', project, tools));
  };
  return (
    <>
      <section class="outcomes" aria-label="加密上传结果" data-taken={taken}>
        <div role="status">
          <h2>
            已加密 {encrypted.length} 个文件，系统已接收 {taken} 个
          </h2>
        </div>
        <ul>
          {encrypted.map((each, index) => (
            <UploadRow
              key={each.receipt.id}
              encrypted={each}
              state={states[index] ?? { name: 'waiting' }}
              onUpload={(file) => void upload(index, file)}
            />
          ))}
        </ul>
      </section>
      {view.name === 'form' && (
        <div class="actions">
          {files.length > 0 &&
            (['readiness', 'rehearse'] as const).map((task) => (
              <button key={task} type="button" class="button primary" onClick={() => start(task)}>
                {taskNames[task]}
              </button>
            ))}
          <button type="button" class="button secondary" onClick={onAgain}>
            继续加密其他文件
          </button>
        </div>
      )}
      {view.name === 'running' && <RunningNote stage={view.stage} text={view.text} onCancel={check.cancel} />}
      {view.name === 'failure' && <FailureNote failure={view.failure} onBack={check.reset} />}
      {view.name === 'done' && <BidOutcomes result={view.result} onAgain={check.reset} />}
    </>
  );
}
