interface PointerFollower {
  readonly onMove: (clientX: number, clientY: number) => void;
  /** `cancelled`: the system took the pointer away, or Escape was pressed. */
  readonly onEnd: (clientX: number, clientY: number, cancelled: boolean) => void;
}

/**
 * Follows the pointer of `event` until it is released, over the whole window: what is dragged may be drawn anew
 * elsewhere meanwhile.
 */
export function followPointer(event: PointerEvent, { onMove, onEnd }: PointerFollower): void {
  const listening = new AbortController();
  const { signal } = listening;
  const { pointerId } = event;
  const end = (clientX: number, clientY: number, cancelled: boolean): void => {
    listening.abort();
    onEnd(clientX, clientY, cancelled);
  };
  const on = (
    name: 'pointermove' | 'pointerup' | 'pointercancel',
    act: (event: PointerEvent) => void,
  ): void => addEventListener(name, (next) => next.pointerId === pointerId && act(next), { signal });
  on('pointermove', ({ clientX, clientY }) => onMove(clientX, clientY));
  on('pointerup', ({ clientX, clientY }) => end(clientX, clientY, false));
  on('pointercancel', ({ clientX, clientY }) => end(clientX, clientY, true));
  addEventListener('keydown', ({ key }) => key === 'Escape' && end(event.clientX, event.clientY, true), {
    signal,
  });
}
