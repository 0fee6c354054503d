import { createHash } from "node:crypto";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Stands in the script until the whole build is known; as long as the id that replaces it, so that nothing moves. */
const placeholder = "cuffwatchbld";

/**
 * Gives the build an id made from its content: the same sources give the same id, and a screen that runs another reloads itself.
 * The server reads it from build.json and says it in every snapshot.
 */
const buildId = (): Plugin => ({
  name: "cuffwatch-build-id",
  generateBundle(_options, bundle) {
    const hash = createHash("sha256");
    const files = Object.values(bundle).sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    for (const file of files) hash.update(file.type === "chunk" ? file.code : file.source);
    const build = hash.digest("hex").slice(0, placeholder.length);
    for (const file of files) if (file.type === "chunk") file.code = file.code.replaceAll(placeholder, build);
    this.emitFile({ type: "asset", fileName: "build.json", source: JSON.stringify({ build }) });
  },
});

/** Where zod keeps its writers of JSON Schema. */
const jsonSchemaWriters =
  /\/zod\/v4\/core\/(to-json-schema|json-schema-processors|json-schema-generator)\.js$/;

/**
 * Leaves out zod's writers of JSON Schema, a twentieth of the wall's script: screens parse and never describe. Every name that these
 * modules export is still there, and does nothing.
 */
const withoutJsonSchema = (): Plugin => ({
  name: "cuffwatch-without-json-schema",
  enforce: "pre",
  transform: (code, id) => {
    if (!jsonSchemaWriters.test(id)) return null;
    const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(
      ([, name]) => `none as ${name}`,
    );
    return { code: `const none = () => undefined;\nexport { ${names.join(", ")} };`, map: null };
  },
});

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [withoutJsonSchema(), svelte({ configFile: false }), buildId()],
  define: { __BUILD__: JSON.stringify(command === "build" ? placeholder : "dev") },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2024",
    // The server's content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}));
