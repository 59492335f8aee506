import { sizeText, timeText } from './facts-text.ts';
import type { ReadingView } from './project-views.ts';

/** 唱标: what all bidders opened, for all to see. */
export function ReadingsTable({ readings }: { readings: readonly ReadingView[] }) {
  return (
    <section class="readings" aria-labelledby="readings-title">
      <h2 id="readings-title">唱标</h2>
      {readings.length === 0 ? (
        <p class="hint">还没有投标人解密。</p>
      ) : (
        <div class="table-frame" role="region" aria-label="唱标表" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">投标人</th>
                <th scope="col">文件</th>
                <th scope="col">大小</th>
                <th scope="col">SM3</th>
                <th scope="col">解密时间</th>
              </tr>
            </thead>
            <tbody>
              {readings.map(({ n, bidder, plain, openedAt }) => (
                <tr key={n} data-reading={plain.name} data-sm3={plain.sm3}>
                  <td>{bidder?.organisation ?? '（未登录）'}</td>
                  <td>{plain.name}</td>
                  <td>{sizeText(plain.size)}</td>
                  <td class="digest">{plain.sm3}</td>
                  <td>{timeText(openedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
