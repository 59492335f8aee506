import type { VNode } from 'preact';

interface FileButtonProps {
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly kind?: 'primary' | 'secondary';
  readonly accept?: string;
  readonly multiple?: boolean;
}

/** A button that opens the browser's file chooser. The same file may be chosen again. */
export function FileButton(props: FileButtonProps): VNode {
  const { label, onFiles, kind = 'secondary', accept, multiple = false } = props;
  return (
    <label class={`button button-${kind} file-button`}>
      {label}
      <input
        class="visually-hidden"
        type="file"
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}
