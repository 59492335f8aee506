import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../ui/text/text-context.ts';
import { FileButton } from '../ui/file-button.tsx';

interface DropAreaProps {
  readonly label: string;
  /** False while files cannot be taken yet. */
  readonly ready: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Where a file is chosen, or dropped anywhere on the page. */
export function DropArea({ label, ready, onFiles }: DropAreaProps): VNode {
  const text = useText().verification;
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener(
      'dragover',
      (event) => {
        // Or the browser would leave the page and open the file.
        event.preventDefault();
        setIsOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setIsOver(false), {
      signal,
    });
    addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setIsOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (ready && files.length > 0) take.current(files);
      },
      { signal },
    );
    return () => listening.abort();
  }, [ready]);
  return (
    <div class={isOver ? 'drop drop-over' : 'drop'}>
      {ready && <FileButton label={label} kind="primary" onFiles={onFiles} />}
      <p>{text.drop}</p>
      <p class="label">{text.accepts}</p>
    </div>
  );
}
