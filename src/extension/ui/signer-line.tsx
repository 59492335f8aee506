import type { VNode } from 'preact';
import type { Signer } from '../../protocol/documents.ts';

/** Whose certificate the phone uses. */
export function SignerLine({ signer, label }: { signer: Signer; label: string }): VNode {
  const { name, organization, creditCode } = signer;
  return (
    <p class="platform-fixed">
      <span class="label">{label}</span> <strong>{name}</strong>
      {organization !== undefined && organization !== name && <span>{organization}</span>}
      {creditCode !== undefined && <span class="label">{creditCode}</span>}
    </p>
  );
}
