import { useState } from 'preact/hooks';
import { filesAtOnce, type Delivery, type FileToOpen } from './bid-runs.ts';
import { taskNames, type OpeningTask } from './bid-texts.ts';
import { sizeText, timeText } from './facts-text.ts';
import type { BidView } from './project-views.ts';

export interface OpeningOrder {
  readonly task: OpeningTask;
  readonly files: readonly FileToOpen[];
  readonly deliver: Delivery;
}

interface OpeningFormProps {
  readonly bids: readonly BidView[];
  readonly isOpen: boolean;
  readonly onOrder: (order: OpeningOrder) => void;
}

/** Which encrypted files, those at the back end or files of this PC, and what is to be done with them. */
export function OpeningForm({ bids, isOpen, onOrder }: OpeningFormProps) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [local, setLocal] = useState<readonly File[]>([]);
  const [keep, setKeep] = useState(false);
  const chosen = bids.filter(({ n }) => !left.has(n));
  const files: readonly FileToOpen[] =
    local.length > 0
      ? local.map((file) => fromDisk(file, bids))
      : chosen.map((bid) => ({ name: bid.name, bid }));
  const cannot = files.length === 0 || files.length > filesAtOnce;

  const leaveOut = (n: number, isIn: boolean): void => {
    const next = new Set(left);
    if (isIn) next.delete(n);
    else next.add(n);
    setLeft(next);
  };
  const order = (task: OpeningTask): void => onOrder({ task, files, deliver: keep ? 'user' : 'page' });

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={local.length > 0}>
        <legend>已上传的加密文件</legend>
        {bids.length === 0 && <p class="hint">本单位还没有上传加密文件。</p>}
        {bids.map(({ n, name, size, uploadedAt }) => (
          <label key={n} class="check" data-bid={name}>
            <input
              type="checkbox"
              checked={!left.has(n)}
              onChange={({ currentTarget }) => leaveOut(n, currentTarget.checked)}
            />
            <span>
              {name}
              <small>
                {sizeText(size)}，{timeText(uploadedAt)}上传
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        或使用本机的加密文件
        <input
          type="file"
          name="file"
          multiple
          onChange={({ currentTarget }) => setLocal([...(currentTarget.files ?? [])])}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          name="keep"
          checked={keep}
          onChange={({ currentTarget }) => setKeep(currentTarget.checked)}
        />
        结果保存到本机（解密后的文件不交给本网页）
      </label>
      {files.length > filesAtOnce && (
        <p class="bad" role="alert">
          选了 {files.length} 个文件，一次扫码最多 {filesAtOnce} 个，请分次进行。
        </p>
      )}
      {!isOpen && <p class="hint">尚未到开标时间，不能解密；到时这里会出现“{taskNames.decrypt}”。</p>}
      <div class="actions">
        {isOpen && <TaskButton task="decrypt" look="primary" cannot={cannot} onOrder={order} />}
        <TaskButton task="readiness" look="secondary" cannot={cannot} onOrder={order} />
        <TaskButton task="rehearse" look="secondary" cannot={cannot} onOrder={order} />
      </div>
    </form>
  );
}

interface TaskButtonProps {
  readonly task: OpeningTask;
  readonly look: 'primary' | 'secondary';
  readonly cannot: boolean;
  readonly onOrder: (task: OpeningTask) => void;
}

function TaskButton({ task, look, cannot, onOrder }: TaskButtonProps) {
  return (
    <button type="button" class={`button ${look}`} disabled={cannot} onClick={() => onOrder(task)}>
      {taskNames[task]}
    </button>
  );
}

/** A local file of an upload's name and size is taken for it: a wrong guess is refused when it is read out. */
function fromDisk(file: File, bids: readonly BidView[]): FileToOpen {
  const bid = bids.find(({ name, size }) => name === file.name && size === file.size);
  return { name: file.name, file, ...(bid === undefined ? {} : { bid }) };
}
