import type { VNode } from 'preact';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import { Glyph } from './glyph.tsx';
import { useLocale } from './text/text-context.ts';

/** Says at once that something did not work, and what to do. `detail` is technical, for whoever can act. */
export function ProblemNotice({ code, detail }: { code: ErrorCode; detail?: string | undefined }): VNode {
  const { title, remedy } = errorCatalogue[code].text[useLocale()];
  return (
    <div class="notice tone-bad" role="alert">
      <Glyph name="warning" />
      <div>
        <p class="notice-title">{title}</p>
        <p>{remedy}</p>
        {detail !== undefined && <p class="detail">{detail}</p>}
      </div>
    </div>
  );
}
