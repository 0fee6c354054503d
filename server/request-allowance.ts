/** How much one screen may ask for: in a second far more than a hand does. */

const requestsPerSecond = 20;

/** A fresh allowance of requests every second. */
export const allowance = (): (() => boolean) => {
  let left = requestsPerSecond;
  let since = performance.now();
  return () => {
    const now = performance.now();
    if (now - since >= 1000) [since, left] = [now, requestsPerSecond];
    left -= 1;
    return left >= 0;
  };
};
