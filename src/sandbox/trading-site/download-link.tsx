import { useEffect, useState } from 'preact/hooks';

/** A link by which the file, which lies in the page, is saved. */
export function DownloadLink({ file, children }: { file: File; children: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (address === undefined) return null;
  return (
    <a href={address} download={file.name}>
      {children}
    </a>
  );
}
