import type { VNode } from 'preact';
import type { FindingSeverity } from '../../protocol/finding-codes.ts';
import type { Finding } from '../../protocol/verification.ts';
import { findingTexts } from '../../protocol/verification-findings.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { useLocale, useText } from './text/text-context.ts';

/** The gravest first. */
const looks: Readonly<Record<FindingSeverity, { rank: number; tone: string; glyph: GlyphName }>> = {
  error: { rank: 0, tone: 'tone-bad', glyph: 'cross' },
  unknown: { rank: 1, tone: 'tone-idle', glyph: 'question' },
  warning: { rank: 2, tone: 'tone-warn', glyph: 'warning' },
  info: { rank: 3, tone: 'tone-idle', glyph: 'dash' },
};

/** What was found, each with its meaning. */
export function FindingList({ findings }: { findings: readonly Finding[] }): VNode | null {
  const text = useText().verification;
  const locale = useLocale();
  if (findings.length === 0) return null;
  const sorted = findings.toSorted((one, other) => looks[one.severity].rank - looks[other.severity].rank);
  return (
    <ul class="findings" aria-label={text.findings}>
      {sorted.map((finding, index) => {
        const { title, explanation } = findingTexts[finding.code][locale];
        const { tone, glyph } = looks[finding.severity];
        return (
          <li key={index} class={tone}>
            <Glyph name={glyph} />
            <div>
              <p>
                <span class="finding-severity">{text.severities[finding.severity]}</span>{' '}
                <strong>{title}</strong>
              </p>
              <p class="label">{explanation}</p>
              <FindingFacts data={finding.data} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const facts = ['name', 'part', 'page', 'count', 'algorithm', 'at'] as const;

function FindingFacts({ data }: { data: Finding['data'] }): VNode | null {
  const text = useText().verification;
  const known = facts.filter((fact) => data?.[fact] !== undefined);
  if (known.length === 0) return null;
  return (
    <p class="detail">{known.map((fact) => `${text.data[fact]}: ${data?.[fact]}`).join(text.separator)}</p>
  );
}
