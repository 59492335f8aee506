import { parseSeal } from '../../gm/seal.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import type { HeldSeal } from './vault.ts';

/** Pictures and names of seals, each in its size beside the others. */
export function HeldSeals({ seals, label }: { seals: readonly HeldSeal[]; label: string }) {
  return (
    <section class="seals" aria-label={label}>
      <p class="seals-label">{label}</p>
      <ul>
        {seals.map(({ id, name, seal }) => {
          const { picture } = parseSeal(fromBase64(seal));
          return (
            <li key={id}>
              <span class="seal-paper">
                <img
                  src={`data:image/png;base64,${toBase64(picture.data)}`}
                  width={picture.widthMm * 2}
                  height={picture.heightMm * 2}
                  alt=""
                />
              </span>
              {name}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
