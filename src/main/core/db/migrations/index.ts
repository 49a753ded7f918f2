import type { Database } from 'better-sqlite3';
import { initial } from './0001-initial.ts';
import { widenUsageRecord } from './0002-widen-usage-record.ts';
import { reasoningAndParameters } from './0003-reasoning-and-parameters.ts';
import { libraryAndDrafts } from './0004-library-and-drafts.ts';
import { usageSums } from './0005-usage-sums.ts';
import { requestParts } from './0006-request-parts.ts';
import { guardSpendHistory } from './0007-guard-spend-history.ts';
import { textInStretches } from './0008-text-in-stretches.ts';
import { branches } from './0009-branches.ts';
import { addBudgets } from './0010-budgets.ts';
import { calibrationLine } from './0011-calibration-line.ts';
import { addBills } from './0012-bills.ts';
import { keepSignCodes } from './0013-keep-sign-codes.ts';
import { speedFloor } from './0014-speed-floor.ts';
import { branchSummaries } from './0015-branch-summaries.ts';
import { images } from './0016-images.ts';
import { addFolders } from './0017-folders.ts';
import { modelsThatSee } from './0018-models-that-see.ts';
import { settlementsAndParts } from './0019-settlements.ts';
import { overrideOfBlock } from './0020-override-of-block.ts';
import { addImports } from './0021-imports.ts';
import { removedSummaries } from './0022-removed-summaries.ts';

/** In order; the n-th brings `user_version` to n. A released one never changes. */
export const migrations: readonly ((db: Database) => void)[] = [
  initial,
  widenUsageRecord,
  reasoningAndParameters,
  libraryAndDrafts,
  usageSums,
  requestParts,
  guardSpendHistory,
  textInStretches,
  branches,
  addBudgets,
  calibrationLine,
  addBills,
  keepSignCodes,
  speedFloor,
  branchSummaries,
  images,
  addFolders,
  modelsThatSee,
  settlementsAndParts,
  overrideOfBlock,
  addImports,
  removedSummaries,
];
