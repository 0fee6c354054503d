/** Alarms flash in one phase on every screen, since the phase comes from the server's clock. */
import type { Priority } from "../../shared/alarm/policy.ts";

/** One light and one dark half, in milliseconds: 2 Hz and 0.5 Hz at half duty (docs/alarms.md). */
const period: Readonly<Record<Priority, number | null>> = { high: 500, medium: 2000, low: null };

/** An attachment that makes an element flash; `offset` is local time − site time. Nothing flashes for a low alarm. */
export const flash =
  (priority: Priority | null, offset: number) =>
  (node: Element): (() => void) | undefined => {
    const duration = priority === null ? null : period[priority];
    if (duration === null) return undefined;
    const animation = node.animate(
      [
        { opacity: 1, offset: 0, easing: "steps(1, end)" },
        { opacity: 0.14, offset: 0.5, easing: "steps(1, end)" },
        { opacity: 0.14, offset: 1 },
      ],
      { duration, iterations: Infinity },
    );
    // The document's timeline and performance.now() count from the same moment.
    animation.startTime = ((offset % duration) + duration) % duration;
    return () => animation.cancel();
  };

/** Whether the person wants no motion. */
export const wantsStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
