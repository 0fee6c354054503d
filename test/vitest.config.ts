/** Every test but those in a browser, which Playwright runs (test/e2e). */
import path from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: path.resolve(import.meta.dirname, ".."),
  // Modules of the screens may use runes.
  plugins: [svelte({ configFile: false })],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    // Left to itself, a machine of two cores would work with one.
    maxWorkers: "100%",
    // What crosses a process takes its time on a busy machine of two cores.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
