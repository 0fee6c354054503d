/** Makes what scrolls by itself reachable by keyboard, as an attachment. */
export const reachable = (element: HTMLElement): void => {
  element.tabIndex = 0;
};
