import type { Db } from '../db/database.ts';
import { asCounted, fitLine, type CountLine, type FadingSums } from './count-line.ts';

/** What a count is of. */
export type CalibratedShare = 'input' | 'output';

/** One call whose tokens were both reported by the provider and counted here; both are above 0. */
export interface CalibrationSample {
  readonly share: CalibratedShare;
  readonly reported: number;
  readonly counted: number;
}

/** How much of the earlier sums is kept with each new sample: the last ten or so decide. */
const kept = 0.9;

export interface Calibration {
  /** How this provider's tokens follow from those counted here; `asCounted` as long as it has reported nothing. */
  lineOf(baseUrl: string, model: string, share: CalibratedShare): CountLine;
  /** Takes part in a transaction that is already open. */
  learn(baseUrl: string, model: string, samples: readonly CalibrationSample[]): void;
}

/** Local counts as they are, for measuring how far they are off. */
export const uncalibrated: Pick<Calibration, 'lineOf'> = { lineOf: () => asCounted };

/**
 * Learns how a model's tokens compare with those counted here, for every address and model, from the calls whose tokens the
 * provider reported. Kept are sums that fade with every call, from which a line is fitted.
 */
export function createCalibration(db: Db): Calibration {
  const select = db.prepare<[string, string, CalibratedShare], FadingSums>(`
    SELECT weight, counted_sum AS counted, reported_sum AS reported,
      counted_square_sum AS countedSquared, product_sum AS product
    FROM token_calibration WHERE base_url = ? AND model = ? AND share = ?`);
  const upsert = db.prepare<[{ baseUrl: string; model: string } & CalibrationSample]>(`
    INSERT INTO token_calibration
      (base_url, model, share, weight, counted_sum, reported_sum, counted_square_sum, product_sum)
    VALUES (@baseUrl, @model, @share, 1, @counted, @reported, @counted * @counted, @counted * @reported)
    ON CONFLICT DO UPDATE SET
      weight = weight * ${kept} + 1,
      counted_sum = counted_sum * ${kept} + excluded.counted_sum,
      reported_sum = reported_sum * ${kept} + excluded.reported_sum,
      counted_square_sum = counted_square_sum * ${kept} + excluded.counted_square_sum,
      product_sum = product_sum * ${kept} + excluded.product_sum`);
  return {
    lineOf(baseUrl, model, share) {
      const known = select.get(baseUrl, model, share);
      return known === undefined ? asCounted : fitLine(known, share);
    },
    learn(baseUrl, model, samples) {
      for (const sample of samples) upsert.run({ baseUrl, model, ...sample });
    },
  };
}
