/** The id of this build, put in by vite.config.ts; "dev" from a development server. */
declare const __BUILD__: string;
