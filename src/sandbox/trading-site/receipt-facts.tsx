import type { Receipt } from '../../protocol/bids.ts';
import { sizeText, timeText } from './facts-text.ts';

/** What the bidder keeps of an encryption. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const { id, encryptedAt, plain, cipher, recipients } = receipt;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['回执编号', id],
    ['加密时间', timeText(encryptedAt)],
    ['原文件', `${plain.name}，${sizeText(plain.size)}`],
    ['原文件 SM3', plain.sm3],
    ['加密文件', `${cipher.name}，${sizeText(cipher.size)}`],
    ['加密文件 SM3', cipher.sm3],
    ['可解密的证书', recipients.map(({ name, serialNumber }) => `${name}（${serialNumber}）`).join('、')],
  ];
  return (
    <details class="receipt">
      <summary>加密回执</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
