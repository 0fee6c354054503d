/** Asks before a page is left on which something was typed and not stored; the browser has the words. Gives back how to stop. */
export const askBeforeLeaving = (isDirty: () => boolean): (() => void) => {
  const leaving = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault();
  };
  window.addEventListener("beforeunload", leaving);
  return () => window.removeEventListener("beforeunload", leaving);
};
