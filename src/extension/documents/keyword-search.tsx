import type { TargetedEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { countLimits, sizeLimits } from '../../protocol/limits.ts';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { PdfDocument } from './pdf-document.ts';
import { searchDocument, type DocumentHit } from './search-document.ts';

interface KeywordSearchProps {
  readonly pdf: PdfDocument;
  /** Bring a hit's page into sight. */
  readonly onShow: (page: number) => void;
  readonly onAdd: (hits: readonly DocumentHit[]) => void;
}

/** Finds text in the document; the occurrences that the user ticks get a seal each. */
export function KeywordSearch({ pdf, onShow, onAdd }: KeywordSearchProps): VNode {
  const text = useText().documents.keyword;
  const [keyword, setKeyword] = useState('');
  const [searching, setSearching] = useState<number>();
  const [hits, setHits] = useState<readonly DocumentHit[]>();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), [pdf]);
  const search = (event: TargetedEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    if (keyword.trim() === '') return;
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setHits(undefined);
    // One more than is listed, to know whether there are more.
    searchDocument(pdf, keyword, { limit: countLimits.sealPlaces + 1, signal, onPage: setSearching })
      .then((found) => {
        if (signal.aborted) return;
        setHits(found);
        setTicked(new Set(found.length === 1 ? [0] : []));
      })
      .catch(() => setHits([]))
      .finally(() => !signal.aborted && setSearching(undefined));
  };
  const listed = hits?.slice(0, countLimits.sealPlaces) ?? [];
  const chosen = listed.filter((_, index) => ticked.has(index));
  return (
    <div class="keyword">
      <form class="keyword-form" role="search" onSubmit={search}>
        <label>
          <span class="label">{text.label}</span>
          <input
            type="search"
            value={keyword}
            maxLength={sizeLimits.keyword}
            onInput={(event) => setKeyword(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button">
          {text.search}
        </button>
      </form>
      <p role="status" class="muted">
        {searching !== undefined && text.searching(String(searching), String(pdf.pageCount))}
        {searching === undefined && hits !== undefined && text.found(listed.length)}
      </p>
      {listed.length > 0 && (
        <>
          {listed.length > 1 && (
            <Tick
              checked={chosen.length === listed.length}
              onChange={(all) => setTicked(new Set(all ? listed.keys() : []))}
            >
              {text.all}
            </Tick>
          )}
          <ul class="hits">
            {listed.map((hit, index) => (
              <li key={index}>
                <Tick checked={ticked.has(index)} onChange={() => setTicked(toggled(ticked, index))}>
                  <HitWords hit={hit} onShow={() => onShow(hit.page)} />
                </Tick>
              </li>
            ))}
          </ul>
          {(hits?.length ?? 0) > listed.length && <p class="muted">{text.more}</p>}
          <Button
            busy={chosen.length === 0}
            onPress={() => {
              setHits(undefined);
              onAdd(chosen);
            }}
          >
            {text.add(chosen.length)}
          </Button>
        </>
      )}
    </div>
  );
}

function toggled(ticked: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(ticked);
  if (!next.delete(index)) next.add(index);
  return next;
}

interface TickProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: VNode | string;
}

function Tick({ checked, onChange, children }: TickProps): VNode {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {children}
    </label>
  );
}

function HitWords({ hit, onShow }: { hit: DocumentHit; onShow: () => void }): VNode {
  const { place } = useText().documents;
  return (
    <span class="hit">
      <button type="button" class="text-button" onClick={onShow}>
        {place.point(String(hit.page))}
      </button>{' '}
      <span class="label">
        {hit.before}
        <mark>{hit.match}</mark>
        {hit.after}
      </span>
    </span>
  );
}
