import type { Db } from '../db/database.ts';

/** What a count is of. */
export type CalibratedShare = 'input' | 'output';

/** One call whose tokens were both reported by the provider and counted here; both are above 0. */
export interface CalibrationSample {
  readonly share: CalibratedShare;
  readonly reported: number;
  readonly counted: number;
}

/** A factor from fewer calls would be chance. */
const minSamples = 3;
/** How much of the earlier sums is kept with each new sample: the last ten or so decide. */
const kept = 0.9;
/** Beyond these a server counts something else than the text. */
const [minFactor, maxFactor] = [0.5, 2];

export interface Calibration {
  /** What a local count is multiplied with; 1 as long as too little is known. */
  factor(baseUrl: string, model: string, share: CalibratedShare): number;
  /** Takes part in a transaction that is already open. */
  learn(baseUrl: string, model: string, samples: readonly CalibrationSample[]): void;
}

/** Local counts as they are, for measuring how far they are off. */
export const uncalibrated: Pick<Calibration, 'factor'> = { factor: () => 1 };

/**
 * Learns how a model's tokens compare with those counted here, for every address and model, from the calls whose tokens the
 * provider reported: the ratio of two exponentially fading sums, so that long texts weigh more than short ones.
 */
export function createCalibration(db: Db): Calibration {
  const select = db.prepare<[string, string, CalibratedShare], { sampleCount: number; factor: number }>(`
    SELECT sample_count AS sampleCount, reported_sum / counted_sum AS factor FROM token_calibration
    WHERE base_url = ? AND model = ? AND share = ?`);
  const upsert = db.prepare<[string, string, CalibratedShare, number, number]>(`
    INSERT INTO token_calibration (base_url, model, share, sample_count, reported_sum, counted_sum) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET sample_count = sample_count + 1,
      reported_sum = reported_sum * ${kept} + excluded.reported_sum, counted_sum = counted_sum * ${kept} + excluded.counted_sum`);
  return {
    factor(baseUrl, model, share) {
      const known = select.get(baseUrl, model, share);
      if (known === undefined || known.sampleCount < minSamples) return 1;
      return Math.min(maxFactor, Math.max(minFactor, known.factor));
    },
    learn(baseUrl, model, samples) {
      for (const { share, reported, counted } of samples) upsert.run(baseUrl, model, share, reported, counted);
    },
  };
}
