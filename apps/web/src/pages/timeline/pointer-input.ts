import type { Timeline } from './engine/timeline-types.ts';

/** A press that moves less than that is a click, pixels. */
const clickReach = 4;
/** Lines of a wheel that counts in lines, and pages of one that counts in pages, in pixels. */
const wheelUnits = [1, 16, 400] as const;

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PointerOptions {
  /** The element scrolls by itself: what the wheel does up and down is left to it. */
  readonly scrolls?: boolean;
  /** Whether a press there is one of these; all are, unless said otherwise. */
  readonly takes?: (event: PointerEvent) => boolean;
}

/**
 * Wheel, drag and pinch: the wheel scrolls the lanes, with ctrl or ⌘ it zooms around the pointer,
 * with shift it moves through time. A drag moves both ways, two fingers zoom. The answer ends it.
 */
export function listenToPointers(
  element: HTMLElement,
  timeline: Pick<Timeline, 'drag' | 'zoom' | 'point'>,
  onClick: (place: Place) => void,
  { scrolls = false, takes = () => true }: PointerOptions = {},
): () => void {
  const pointers = new Map<number, Place>();
  let pressed: (Place & { moved: boolean }) | undefined;
  const placeOf = (event: MouseEvent): Place => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onWheel = (event: WheelEvent): void => {
    const unit = wheelUnits[event.deltaMode] ?? 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (scrolls && isPlain && Math.abs(dy) >= Math.abs(dx)) return;
    event.preventDefault();
    // A pinch on a trackpad comes as a wheel with ctrl.
    if (event.ctrlKey || event.metaKey) timeline.zoom(Math.exp(dy / 240), placeOf(event).x);
    else if (event.shiftKey) timeline.drag(-(dx === 0 ? dy : dx), 0);
    else timeline.drag(-dx, -dy);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !takes(event)) return;
    const place = placeOf(event);
    // Not every pointer can be held: a made up one, of a test or a tool, cannot.
    if (event.isTrusted) element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place);
    pressed = pointers.size === 1 ? { ...place, moved: false } : undefined;
    timeline.point(place);
  };
  const onMove = (event: PointerEvent): void => {
    const place = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') timeline.point(place);
      return;
    }
    pointers.set(event.pointerId, place);
    if (pointers.size === 2) {
      pinch(timeline, pointers, event.pointerId, before);
      return;
    }
    if (pressed === undefined) return;
    const far = Math.hypot(place.x - pressed.x, place.y - pressed.y) > clickReach;
    if (!pressed.moved && !far) return;
    // What has not counted yet counts now.
    const from = pressed.moved ? before : pressed;
    pressed.moved = true;
    timeline.point(undefined);
    timeline.drag(place.x - from.x, place.y - from.y);
  };
  const onUp = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (pressed?.moved === false) onClick(pressed);
    pressed = undefined;
    timeline.point(event.pointerType === 'touch' ? undefined : placeOf(event));
  };
  const onCancel = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    pressed = undefined;
    timeline.point(undefined);
  };
  const onLeave = (): void => {
    if (pointers.size === 0) timeline.point(undefined);
  };

  const off = new AbortController();
  const { signal } = off;
  element.addEventListener('wheel', onWheel, { passive: false, signal });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onCancel, { signal });
  element.addEventListener('pointerleave', onLeave, { signal });
  return () => off.abort();
}

/** Two fingers: as much closer as they go apart, around the middle between them, which they take along. */
function pinch(
  timeline: Pick<Timeline, 'drag' | 'zoom'>,
  pointers: ReadonlyMap<number, Place>,
  moving: number,
  before: Place,
): void {
  const other = [...pointers].find(([id]) => id !== moving)?.[1];
  const place = pointers.get(moving);
  if (other === undefined || place === undefined) return;
  const was = Math.max(10, Math.abs(before.x - other.x));
  const is = Math.max(10, Math.abs(place.x - other.x));
  timeline.drag((place.x - before.x) / 2, (place.y - before.y) / 2);
  timeline.zoom(was / is, (place.x + other.x) / 2);
}
