/** Wheel, pinch, drag, tap and keys over a plot that has a time axis, as an attachment. */
import { plotKeys, type Shown } from "./plot-keys.ts";
import { atX, moved, zoomed } from "./range.ts";

export type Plot = Shown &
  Readonly<{
    /** Where the time axis begins and ends within the element, in CSS pixels. */
    inset: Readonly<{ left: number; right: number }>;
    /** Somebody points at a moment. */
    point: (at: number) => void;
  }>;

/** A finger that moved less than this has tapped, in CSS pixels. */
const still = 6;
/** Two taps within this time are one double tap, in ms. */
const twiceWithin = 350;

export const gestures =
  ({ range, whole, centre, inset, show, point }: Plot) =>
  (element: HTMLElement): (() => void) => {
    const pointers = new Map<number, { x: number; y: number }>();
    let movedBy = 0;
    let tappedAt = -Infinity;
    const width = (): number => element.clientWidth - inset.left - inset.right;
    const momentAt = (clientX: number): number =>
      atX(range(), clientX - element.getBoundingClientRect().left - inset.left, width());
    const perPixel = (): number => (range().to - range().from) / Math.max(1, width());
    const zoom = (factor: number, fixed: number): void => show(zoomed(range(), factor, fixed, whole()));
    const pan = (by: number): void => show(moved(range(), by, whole()));
    const onPlotKey = plotKeys({ range, whole, centre, show });

    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (sideways) pan((event.deltaX === 0 ? event.deltaY : event.deltaX) * perPixel());
      else zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))), momentAt(event.clientX));
    };
    const onDown = (event: PointerEvent): void => {
      if (event.pointerType === "mouse" && event.button !== 0) return;
      if (pointers.size === 0) movedBy = 0;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size > 1) movedBy = Infinity;
    };
    const onMove = (event: PointerEvent): void => {
      const was = pointers.get(event.pointerId);
      if (was === undefined) return;
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (other !== undefined) {
        const [apartWas, apartIs] = [Math.abs(was.x - other.x), Math.abs(event.clientX - other.x)];
        if (apartIs > 10 && apartWas > 10) zoom(apartWas / apartIs, momentAt((event.clientX + other.x) / 2));
        return;
      }
      movedBy += Math.abs(event.clientX - was.x);
      if (movedBy <= still) return;
      if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
      pan((was.x - event.clientX) * perPixel());
    };
    const onUp = (event: PointerEvent): void => {
      if (!pointers.delete(event.pointerId) || movedBy > still) return;
      const twice = event.timeStamp - tappedAt < twiceWithin;
      tappedAt = twice ? -Infinity : event.timeStamp;
      if (twice) show(whole());
      else point(momentAt(event.clientX));
    };
    const onCancel = (event: PointerEvent): void => {
      pointers.delete(event.pointerId);
      movedBy = Infinity;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!onPlotKey(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onCancel);
    element.addEventListener("keydown", onKey);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onCancel);
      element.removeEventListener("keydown", onKey);
    };
  };
