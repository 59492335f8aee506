import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import type { SealChoice, SessionDocuments } from '../../protocol/ui-messages.ts';
import { ArrangeSummary, isArranged } from '../documents/arrange-summary.tsx';
import { ArrangeTools } from '../documents/arrange-tools.tsx';
import { DocumentTabs } from '../documents/document-tabs.tsx';
import { DocumentView } from '../documents/document-view.tsx';
import { mmToPoints } from '../documents/length-units.ts';
import type { PageSpot } from '../documents/page-under-pointer.ts';
import { sealAddress } from '../documents/seal-choice.tsx';
import { SealLayer, type SealEditing, type SealLook } from '../documents/seal-layer.tsx';
import { useArrangement } from '../documents/use-arrangement.ts';
import { usePdf } from '../documents/use-pdf.ts';
import { useProposals } from '../documents/use-proposals.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SessionCard } from '../ui/session-card.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useCommand } from '../ui/use-command.ts';
import { windowStep } from '../ui/window-step.ts';
import type { RequestProps } from './signing-request.tsx';

interface PdfRequestProps extends RequestProps {
  readonly documents: SessionDocuments['documents'];
  readonly seals: readonly SealChoice[];
}

/** Before the phone has named its seals, proposed places are outlined in the size of a usual company seal. */
const usualSeal: SealLook = { size: { width: mmToPoints(42), height: mmToPoints(42) } };

/** A request to seal PDFs or to remove a seal: the pages, and in `arranging` the tools to place seals on them. */
export function PdfRequest({ session, client, close, documents, seals }: PdfRequestProps): VNode {
  const text = useText().documents;
  const { pending, problem, run } = useCommand(client);
  const [shown, setShown] = useState(0);
  const [page, setPage] = useState(1);
  const [scrollTo, setScrollTo] = useState<{ readonly page: number }>();
  const [sealId, setSealId] = useState<string>();
  const [selected, setSelected] = useState<number>();
  const [placing, setPlacing] = useState(false);
  const [arrangement, state] = useArrangement(
    documents.map(({ name, blob, places }) => ({ name, blob, proposals: places })),
  );
  const blob = documents[shown]?.blob;
  const pdf = usePdf(blob);
  const open = pdf.state === 'open' ? pdf.pdf : undefined;
  const names = documents.map(({ name }) => name);
  const isArranging = windowStep(session) === 'placeSeal';
  const seal = seals.find(({ id }) => id === sealId);
  const look = seal === undefined ? usualSeal : lookOf(seal);
  const proposals = useProposals(open, documents[shown]?.places, usualSeal.size);
  const places = seal === undefined ? proposals : (state.places[shown] ?? []);
  const [proposed] = proposals;
  const proposedPage = proposed?.kind === 'point' ? proposed.page : undefined;
  useEffect(() => {
    // What the site proposes is to be seen without searching for it.
    if (proposedPage !== undefined) setScrollTo({ page: proposedPage });
  }, [proposedPage, shown]);

  const pickSeal = (id: string): void => {
    const picked = seals.find((candidate) => candidate.id === id);
    if (picked === undefined || id === sealId) return;
    setSealId(id);
    const isFirst = sealId === undefined;
    void arrangement.setSeal(lookOf(picked).size).then(() => {
      const isEmpty = arrangement.state().places.every(({ length }) => length === 0);
      if (isFirst && isEmpty) setPlacing(true);
    });
  };
  const [only, ...others] = seals.filter(({ usable }) => usable);
  useEffect(() => {
    if (isArranging && only !== undefined && others.length === 0) pickSeal(only.id);
    // A single usable seal needs no choice.
  }, [isArranging, only?.id, others.length]);

  const placeAt = (spot: Pick<PageSpot, 'page' | 'point'>): void => {
    setPlacing(false);
    void arrangement.add(shown, [{ kind: 'point', page: spot.page, ...spot.point }]).then(() => {
      setSelected((arrangement.state().places[shown]?.length ?? 0) - 1);
    });
  };
  const editing: SealEditing | undefined =
    isArranging && seal !== undefined
      ? {
          selected,
          placing,
          onSelect: setSelected,
          onMove(place, to, done) {
            arrangement.move(shown, place, to);
            if (done) void arrangement.replace(shown, place, to);
          },
          onRemove(place) {
            setSelected(undefined);
            arrangement.remove(shown, place);
          },
          onPlace: (at, point) => placeAt({ page: at, point }),
        }
      : undefined;
  const show = useCallback((to: number): void => setScrollTo({ page: to }), []);
  const showDocument = (index: number): void => {
    setShown(index);
    setSelected(undefined);
    setPage(1);
    setScrollTo(undefined);
  };
  const confirm = (): void => {
    if (!isArranged(sealId, state)) return;
    run({
      command: 'arrange',
      sessionId: session.id,
      sealId,
      places: state.places.map((some) => [...some]),
    });
  };

  return (
    <div class="workbench">
      <SessionCard
        session={session}
        client={client}
        onClose={close}
        {...(isArranging
          ? {
              tools: (
                <div class="tools">
                  <ArrangeTools
                    arrangement={arrangement}
                    state={state}
                    names={names}
                    seals={seals}
                    sealId={sealId}
                    onSeal={pickSeal}
                    onDrop={placeAt}
                    document={shown}
                    onDocument={showDocument}
                    pdf={open}
                    page={page}
                    onShow={show}
                    selected={selected}
                    onSelect={setSelected}
                    placing={placing}
                    onPlacing={setPlacing}
                  />
                  <ArrangeSummary
                    names={names}
                    sealName={seal?.name}
                    canPick={only !== undefined}
                    state={state}
                  />
                  {problem !== undefined && <ProblemNotice code={problem} />}
                </div>
              ),
              primary: (
                <Button
                  kind="primary"
                  busy={pending.length > 0 || !isArranged(sealId, state)}
                  onPress={confirm}
                >
                  {text.summary.confirm}
                </Button>
              ),
            }
          : {})}
      />
      {documents.length > 0 && !isEndState(session.state) && (
        <section class="pane">
          {!isArranging && names.length > 1 && (
            <DocumentTabs names={names} shown={shown} onShow={showDocument} />
          )}
          {!isArranging && seal === undefined && proposals.length > 0 && (
            <p class="muted">{text.proposed(proposals.length)}</p>
          )}
          <DocumentView
            blob={blob}
            pdf={pdf}
            onPage={setPage}
            show={scrollTo}
            overlay={(at, size) =>
              open !== undefined && (
                <SealLayer
                  places={places}
                  look={look}
                  page={at}
                  pageCount={open.pageCount}
                  pageSize={size}
                  editing={editing}
                />
              )
            }
          />
        </section>
      )}
    </div>
  );
}

function lookOf(seal: SealChoice): SealLook {
  const { widthMm, heightMm } = seal.picture;
  return {
    size: { width: mmToPoints(widthMm), height: mmToPoints(heightMm) },
    picture: sealAddress(seal),
  };
}
