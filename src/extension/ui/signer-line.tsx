import type { VNode } from 'preact';
import type { Signer } from '../../protocol/documents.ts';
import { useText } from './text/text-context.ts';

/** Whose certificate the phone uses. */
export function SignerLine({ signer }: { signer: Signer }): VNode {
  const { name, organization, creditCode } = signer;
  return (
    <p class="platform-fixed">
      <span class="label">{useText().documents.signer}</span> <strong>{name}</strong>
      {organization !== undefined && organization !== name && <span>{organization}</span>}
      {creditCode !== undefined && <span class="label">{creditCode}</span>}
    </p>
  );
}
