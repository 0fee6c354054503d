/** Where tiles go and how large their parts are: plain geometry, from the size of the window to the size of a number. */

export type Grid = Readonly<{ columns: number; rows: number }>;

/** For up to so many patients, that grid (docs/screens.md). */
const grids: readonly (readonly [patients: number, columns: number, rows: number])[] = [
  [1, 1, 1],
  [2, 2, 1],
  [4, 2, 2],
  [6, 3, 2],
  [8, 4, 2],
  [12, 4, 3],
  [16, 4, 4],
  [20, 5, 4],
  [24, 6, 4],
  [28, 7, 4],
  [32, 8, 4],
];

/**
 * The grid for a class. Patients alone decide the columns, so that a cuff on no patient, whose tile comes last, moves
 * nobody to another place.
 */
export const gridFor = (patients: number, others: number): Grid => {
  const [, columns, rows] = grids.find(([most]) => Math.max(1, patients) <= most) ?? [
    0,
    8,
    Math.ceil(patients / 8),
  ];
  return { columns, rows: Math.max(rows, Math.ceil((patients + others) / columns)) };
};

/** The same grid for so many tiles with `most` columns: on a window that is too narrow for the wall's own. */
export const inColumns = (grid: Grid, tiles: number, most: number): Grid =>
  grid.columns <= most ? grid : { columns: most, rows: Math.max(1, Math.ceil(tiles / most)) };

/** How a tile is laid out: trace under the number, trace beside it (with more or less room), or everything as small as it can be. */
export type Form = "tall" | "wide" | "roomy" | "compact";

/** Sizes in CSS pixels. `unit` is the tile's text size, from which all but the number follow. */
export type TileSizes = Readonly<{ form: Form; unit: number; number: number }>;

/** Width of "00:00" in Inter, bold, with tabular figures and the wall's letter spacing, as a share of its size. */
export const clockWidth = 2.72;
/** Height of a figure, as a share of the size of the letters. */
export const figureHeight = 0.727;

/**
 * The sizes of a tile of so many pixels. `scale` is 1 on a screen of 1920 × 1080 and 2 on one of 3840 × 2160.
 */
export const tileSizes = (width: number, height: number, scale: number): TileSizes => {
  if (width < 400 * scale) {
    const unit = Math.min(width / 15.5, height / 15.2, 18 * scale);
    return {
      form: "compact",
      unit,
      number: Math.min((width - 1.2 * unit) / clockWidth, height - 10.6 * unit),
    };
  }
  if (width / height < 1.45) {
    const unit = Math.min(width / 22, height / 21.5);
    return {
      form: "tall",
      unit,
      number: Math.min((width - 2.6 * unit) / (clockWidth + 1.05), height - 15 * unit),
    };
  }
  const unit = Math.min(width / 30, height / 14);
  return {
    form: height / unit > 18 ? "roomy" : "wide",
    unit,
    number: Math.min((0.6 * width - 1.6 * unit) / clockWidth, (height - 8.9 * unit) / 0.9),
  };
};

/** How large figures must be to be read across the room: 20 minutes of arc (docs/alarms.md: 47 mm at 8 m). */
const arc = Math.tan(((20 / 60) * Math.PI) / 180);

/** The screen and the room as they are stated: diagonal in inches, the farthest reader in metres. */
export type Room = Readonly<{ diagonalInches: number; distanceMetres: number }>;

/** The least size of text, in CSS pixels, whose figures are high enough for a screen of that many pixels. */
export const legibleSize = (room: Room, widthPx: number, heightPx: number): number => {
  const mmPerPx = (room.diagonalInches * 25.4) / Math.hypot(widthPx, heightPx);
  return (room.distanceMetres * 1000 * arc) / mmPerPx / figureHeight;
};

/** `?diagonal=55&distance=6`, each held to what walls can be; 55 inches and 6 m where it is not said. */
export const roomOf = (query: URLSearchParams): Room => {
  const number = (name: string, least: number, most: number, otherwise: number): number => {
    const given = Number.parseFloat(query.get(name) ?? "");
    return given >= least && given <= most ? given : otherwise;
  };
  return { diagonalInches: number("diagonal", 7, 200, 55), distanceMetres: number("distance", 0.5, 30, 6) };
};

/** How many alarms fit side by side in the strip, and whether the last place must say how many more there are. */
export const stripPlaces = (
  width: number,
  scale: number,
  alarms: number,
): Readonly<{ shown: number; more: number }> => {
  const place = 400 * scale;
  const all = Math.max(1, Math.floor(width / place));
  if (alarms <= all) return { shown: alarms, more: 0 };
  const shown = Math.max(1, Math.floor((width - 130 * scale) / place));
  return { shown, more: alarms - shown };
};
