import js from "@eslint/js";
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

/** The arrows between folders that docs/design.md allows; every other import across folders is an error. */
const arrows = {
  shared: [],
  server: ["shared"],
  client: ["shared"],
  devices: ["shared"],
  test: ["shared", "server", "client", "devices"],
};

const folders = Object.keys(arrows);

const arrowRules = folders.map((folder) => ({
  files: [`${folder}/**/*.{ts,svelte}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...folders
            .filter((other) => other !== folder && !arrows[folder].includes(other))
            .map((other) => ({
              regex: `^(\\.\\./)+${other}/`,
              message: `${folder} may import only from ${["itself", ...arrows[folder]].join(", ")} (docs/design.md).`,
            })),
          ...(folder === "shared"
            ? [
                {
                  regex: "^(?!\\.|zod$)",
                  message: "The domain imports nothing but zod (docs/design.md, rule 1).",
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ["**/dist/", "test/report/", "test-results/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs["flat/recommended"],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".svelte"],
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "no-undef": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["**/*.js"], ...ts.configs.disableTypeChecked },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
  },
  {
    files: ["shared/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["Date", "performance", "setTimeout", "setInterval", "crypto", "console", "fetch"].map((name) => ({
          name,
          message: "The domain has no clock, no randomness and no I/O: pass it in (docs/design.md, rule 1).",
        })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is an input (docs/design.md, rule 1)." },
        { object: "globalThis", property: "Date", message: "Time is an input (docs/design.md, rule 2)." },
      ],
    },
  },
  { files: ["test/**/*.ts", "devices/**/*.ts"], rules: { "no-console": "off" } },
  ...arrowRules,
);
