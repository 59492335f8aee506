import type { VNode } from 'preact';
import type { SealPlace } from '../../protocol/seal-places.ts';
import type { SealChoice as Seal } from '../../protocol/ui-messages.ts';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { Arrangement, ArrangementState } from './arrangement.ts';
import { DocumentTabs } from './document-tabs.tsx';
import { KeywordSearch } from './keyword-search.tsx';
import { mmToPoints } from './length-units.ts';
import type { PageSpot } from './page-under-pointer.ts';
import type { PdfDocument } from './pdf-document.ts';
import { PlaceList } from './place-list.tsx';
import { PlacingNotes } from './placing-notes.tsx';
import type { Point, Size } from './seal-geometry.ts';
import { SealChoice } from './seal-choice.tsx';

interface ArrangeToolsProps {
  readonly arrangement: Arrangement;
  readonly state: ArrangementState;
  readonly names: readonly string[];
  readonly seals: readonly Seal[];
  readonly sealId: string | undefined;
  readonly onSeal: (sealId: string) => void;
  readonly onDrop: (spot: PageSpot) => void;
  /** The document in sight, and its page in sight. */
  readonly document: number;
  readonly onDocument: (document: number) => void;
  readonly pdf: PdfDocument | undefined;
  readonly page: number;
  readonly onShow: (page: number) => void;
  readonly selected: number | undefined;
  readonly onSelect: (place: number | undefined) => void;
  readonly placing: boolean;
  readonly onPlacing: (placing: boolean) => void;
}

/** Which seal, and where: everything that can be done by dragging can be done here too. */
export function ArrangeTools(props: ArrangeToolsProps): VNode {
  const { arrangement, state, names, seals, sealId, document, pdf, page, selected, onSelect } = props;
  const text = useText().documents;
  const places = state.places[document] ?? [];
  const add = (...added: SealPlace[]): void => {
    // Else the next click on a page, meant for something else, would put another seal.
    props.onPlacing(false);
    void arrangement.add(document, added).then(() => {
      onSelect((arrangement.state().places[document]?.length ?? 0) - 1);
    });
  };
  /** Adds what `toPlace` makes of the size of the page in sight; a page that is broken takes none. */
  const addBySize = (at: PdfDocument, toPlace: (size: Size) => SealPlace): void =>
    void at.pageSize(page).then(
      (size) => add(toPlace(size)),
      () => undefined,
    );
  return (
    <div class="arrange">
      <SealChoice seals={seals} chosen={sealId} onChoose={props.onSeal} onDrop={props.onDrop} />
      {sealId !== undefined && (
        <section class="places" aria-busy={state.busy}>
          <h2>{text.place.heading}</h2>
          {names.length > 1 && (
            <DocumentTabs
              names={names}
              counts={state.places.map(({ length }) => length)}
              shown={document}
              onShow={props.onDocument}
            />
          )}
          {pdf !== undefined && (
            <>
              <div class="place-buttons">
                <button
                  type="button"
                  class="button"
                  aria-pressed={props.placing}
                  onClick={() => props.onPlacing(!props.placing)}
                >
                  {props.placing ? text.place.clickNow : text.place.click}
                </button>
                <Button
                  onPress={() => addBySize(pdf, (size) => ({ kind: 'point', page, ...middleOf(size) }))}
                >
                  {text.place.center(String(page))}
                </Button>
                <Button onPress={() => addBySize(pdf, (size) => ({ kind: 'allPages', ...cornerOf(size) }))}>
                  {text.place.allPages}
                </Button>
                {pdf.pageCount > 1 && (
                  <Button onPress={() => addBySize(pdf, (size) => ({ kind: 'seam', y: size.height / 2 }))}>
                    {text.place.seam}
                  </Button>
                )}
              </div>
              <KeywordSearch
                key={document}
                pdf={pdf}
                onShow={props.onShow}
                onAdd={(hits) =>
                  add(
                    ...hits.map(({ page: at, middle }): SealPlace => ({
                      kind: 'point',
                      page: at,
                      ...middle,
                    })),
                  )
                }
              />
              <PlaceList
                places={places}
                pageCount={pdf.pageCount}
                selected={selected}
                onSelect={onSelect}
                onReplace={(place, by) => void arrangement.replace(document, place, by)}
                onRemove={(place) => {
                  onSelect(undefined);
                  arrangement.remove(document, place);
                }}
              />
            </>
          )}
          <PlacingNotes state={state} document={document} />
          {names.length > 1 && places.length > 0 && (
            <Button busy={state.busy} onPress={() => void arrangement.applyToAll(document)}>
              {text.place.toAll}
            </Button>
          )}
          {places.length > 0 && <p class="detail">{text.place.keys}</p>}
        </section>
      )}
    </div>
  );
}

const middleOf = ({ width, height }: Size): Point => ({ x: width / 2, y: height / 2 });

/** Where a seal on all pages is usually wanted: at the lower right. */
const cornerOf = ({ width }: Size): Point => ({ x: width - mmToPoints(40), y: mmToPoints(40) });
