/** Who takes a key before the player and the trace do: what is written in, what is pressed, and what moves or scrolls by itself. */

const always = "input:not([type=range]), select, textarea";
const pressed = "button, summary, a, select, input";
/** The bar of the position steps with these, and a list that scrolls scrolls. */
const moves = "input, [tabindex='0']";
const moving: ReadonlySet<string> = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);

/** The selector of elements that take this key (`KeyboardEvent.key`) themselves, as do elements within them. */
export const takersOf = (key: string): string =>
  [always, ...(key === " " ? [pressed] : []), ...(moving.has(key) ? [moves] : [])].join(", ");
