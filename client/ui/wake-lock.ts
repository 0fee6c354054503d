/** Asks the browser to keep the screen on, and again whenever the page comes back into view. */
export const keepAwake = (): void => {
  if (!("wakeLock" in navigator)) return;
  const request = (): void => {
    if (document.visibilityState !== "visible") return;
    // Refused on battery saving or without a secure context: the screen's own settings then decide.
    navigator.wakeLock.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", request);
  request();
};
