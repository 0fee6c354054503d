import { describe, expect, test } from "vitest";
import {
  clockWidth,
  figureHeight,
  gridFor,
  legibleSize,
  roomOf,
  stripPlaces,
  tileSizes,
} from "../../client/wall/layout.ts";

describe("the grid", () => {
  test.each([
    [1, "1×1"],
    [2, "2×1"],
    [3, "2×2"],
    [4, "2×2"],
    [5, "3×2"],
    [6, "3×2"],
    [8, "4×2"],
    [12, "4×3"],
    [16, "4×4"],
    [20, "5×4"],
    [24, "6×4"],
    [28, "7×4"],
    [32, "8×4"],
  ])("of %d patients is %s", (patients, text) => {
    const { columns, rows } = gridFor(patients, 0);
    expect(`${columns}×${rows}`).toBe(text);
  });

  test("has room for everybody, and for cuffs on no patient too", () => {
    for (let patients = 0; patients <= 40; patients++)
      for (let others = 0; others <= 8; others++) {
        const { columns, rows } = gridFor(patients, others);
        expect(columns * rows).toBeGreaterThanOrEqual(Math.max(1, patients + others));
      }
  });

  test("keeps its columns when a cuff on no patient appears, so that nobody changes places", () => {
    for (let patients = 1; patients <= 32; patients++)
      expect(gridFor(patients, 3).columns).toBe(gridFor(patients, 0).columns);
  });
});

describe("the parts of a tile", () => {
  /** The tiles of every class on a screen of 1920 × 1080, with what stands around them. */
  const tiles = [1, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32].map((patients) => {
    const { columns, rows } = gridFor(patients, 0);
    const [width, height] = [(1900 - 10 * (columns - 1)) / columns, (896 - 10 * (rows - 1)) / rows];
    return { patients, width, height, sizes: tileSizes(width, height, 1) };
  });

  test.each(tiles)("with $patients patients: the number is inside its tile and its largest text", (tile) => {
    expect(tile.sizes.number * clockWidth).toBeLessThan(tile.width);
    expect(tile.sizes.number).toBeLessThan(tile.height / 2);
    expect(tile.sizes.number).toBeGreaterThan(2 * tile.sizes.unit);
    expect(tile.sizes.unit).toBeGreaterThanOrEqual(13);
  });

  test.each(tiles)(
    "with $patients patients: twice the screen is twice the size",
    ({ width, height, sizes }) => {
      const twice = tileSizes(2 * width, 2 * height, 2);
      expect(twice.form).toBe(sizes.form);
      expect(twice.number).toBeCloseTo(2 * sizes.number);
      expect(twice.unit).toBeCloseTo(2 * sizes.unit);
    },
  );

  test("up to sixteen patients can be read from six metres on 55 inches", () => {
    const needed = legibleSize({ diagonalInches: 55, distanceMetres: 6 }, 1920, 1080);
    expect(tiles.filter((t) => t.sizes.number >= needed).map((t) => t.patients)).toEqual(
      expect.arrayContaining([1, 2, 4, 6, 8, 12, 16]),
    );
  });
});

describe("how large figures must be", () => {
  test("47 mm at 8 m, whatever the pixels", () => {
    for (const [width, height] of [
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      const mmPerPx = (55 * 25.4) / Math.hypot(width, height);
      const px = legibleSize({ diagonalInches: 55, distanceMetres: 8 }, width, height);
      expect(px * figureHeight * mmPerPx).toBeCloseTo(46.5, 0);
    }
  });

  test.each([
    ["", 55, 6],
    ["diagonal=75&distance=8", 75, 8],
    ["diagonal=huge&distance=-3", 55, 6],
    ["diagonal=0&distance=1000", 55, 6],
  ])("for the room of “%s”", (query, diagonalInches, distanceMetres) => {
    expect(roomOf(new URLSearchParams(query))).toEqual({ diagonalInches, distanceMetres });
  });
});

describe("the strip", () => {
  test.each([
    [0, 0, 0],
    [1, 1, 0],
    [4, 4, 0],
    [5, 3, 2],
    [40, 3, 37],
  ])("with %d alarms shows %d and says +%d", (alarms, shown, more) => {
    expect(stripPlaces(1700, 1, alarms)).toEqual({ shown, more });
  });

  test("always shows the most urgent, however narrow", () => {
    expect(stripPlaces(300, 1, 3)).toEqual({ shown: 1, more: 2 });
  });
});
