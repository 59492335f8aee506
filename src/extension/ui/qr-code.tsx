import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { qrMatrix, qrPath } from './qr-matrix.ts';

/**
 * QR code of `text`, sharp at any scale. Black on white in every colour scheme, with its quiet zone: scanners
 * want nothing else.
 */
export function QrCode({ text, label }: { text: string; label: string }): VNode {
  const { size, path } = useMemo(() => {
    const matrix = qrMatrix(text);
    return { size: matrix.length, path: qrPath(matrix) };
  }, [text]);
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
      style={{ '--modules': String(size) }}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
