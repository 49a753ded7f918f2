import { pngDrawing, type Colour } from '../../tests/sample-files/png-image.ts';

const [width, height] = [960, 540];
const [left, right, top, bottom] = [48, 912, 48, 492];
const highest = 500;
const lineStep = 100;
const paper: Colour = [255, 255, 255];
const line: Colour = [226, 228, 233];
const axis: Colour = [110, 116, 128];
const bar: Colour = [42, 92, 190];

/** A bar chart as a PNG: a bar for each value, 0 to 500, and a line at each hundred. */
export function drawChart(values: readonly number[]): Buffer {
  const slot = (right - left) / values.length;
  const yOf = (value: number): number => Math.round(bottom - (value / highest) * (bottom - top));
  const lines = new Set(Array.from({ length: highest / lineStep }, (_, index) => yOf((index + 1) * lineStep)));
  return pngDrawing(width, height, (x, y) => {
    if (x < left || x >= right) return paper;
    if (y === bottom || y === bottom + 1) return axis;
    const index = Math.floor((x - left) / slot);
    const across = (x - left - index * slot) / slot;
    const isBar = across > 0.18 && across < 0.82 && y < bottom && y >= yOf(values[index] ?? 0);
    return isBar ? bar : lines.has(y) ? line : paper;
  });
}
