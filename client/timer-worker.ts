/** Gives back the number of each round once its milliseconds have passed. */
addEventListener("message", ({ data: [round, afterMs] }: MessageEvent<[number, number]>) => {
  setTimeout(() => postMessage(round), afterMs);
});
