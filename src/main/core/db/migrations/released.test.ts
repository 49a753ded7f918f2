import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

/**
 * SHA-256 of each migration's source. A migration that people have run is never edited, since theirs would not run again:
 * what it got wrong, a new one puts right. A line here may change only until the version it came with is released.
 */
const hashes: Readonly<Record<string, string>> = {
  '0001-initial.ts': 'd06d57d16a4528a5a36944b4e7b76ec70d97be296d521e2f8356a801776e959a',
  '0002-widen-usage-record.ts': 'bd39bc99e35c10df1844319c8f780a39b3721ee6fd6dd3e11108abd0b32c103e',
  '0003-reasoning-and-parameters.ts': '67cfdaaf231ed28c02b64d17fb3546e61b19980135caf221cdebf034beaa0113',
  '0004-library-and-drafts.ts': '3c8be0e132218dbc129582ac4ea2dbf18f121e053e91bcffeabceb752d27af35',
  '0005-usage-sums.ts': 'ac28364f2d7d0a00812adcc05a5b6ae3abfdc9eaed67da689b87c0e152118cc9',
  '0006-request-parts.ts': '60b28c2da9ed93a17bd0648d890df62c0a1b0a5952e7e4941ab9f4bfa8161ff5',
  '0007-guard-spend-history.ts': '4566a62c47b837b2ab480a87ab1d66da92404f43dad03deff413e60535cb8a76',
  '0008-text-in-stretches.ts': '2302b93ad5097fe936ce3268c6c01344879c3d3b3a7f88ab7c27ac97a0c271dd',
  '0009-branches.ts': 'e32271685db3417d7aa7a833c3d9397008ac1c7b5e8b3bbadf90fc26d5d5976b',
  '0010-budgets.ts': '03817f5918e6d9939688c2d33bb4795bcca3cd1e699393a502273dc69c4b504d',
  '0011-calibration-line.ts': 'af0fb7e934cbb94bbbcd24b2886f3913e784de75180b0824de4b0bb816da484d',
  '0012-bills.ts': 'bf9f5dfafd83a5ec97faf1bf9a6fec74f5fface1b83b024ba0ae01f1de67c25c',
  '0013-keep-sign-codes.ts': 'c81851c1f4065f20c5be94a867e27cec71cf687c4cbaab5356439a688d9ac365',
  '0014-speed-floor.ts': '162acbd7afa41d17f740edf84cf3f104b3ee35a957f4924b6360c6facbcb4bce',
  '0015-branch-summaries.ts': 'f0d1bfddd85c8e04ba785189a748dcb09581bc43365efa9c1f45531f8a3b3e8a',
  '0016-images.ts': '07d9392ed4fee8fffbcb8fd807374cb9d64ff2731400acc65be657016186f0f9',
  '0017-folders.ts': 'b1d6d9cc6d69b102b5241c77e40b0032bc6315718ae7a3412ba3c38b3862c9ee',
  '0018-models-that-see.ts': '992d30d8571ea596eedfdce066cdb8e46a3ae491ae0ab47e543578a7f33a1f28',
  '0019-settlements.ts': '5039aaab7b47a606cd61233e939f423e3ad9efa69d897fc2bbe04a27966850af',
  '0020-override-of-block.ts': '17f8f10f94f5338c9ab15a0d141f4c52715d65a2e692b846b90ba9ca4f000a45',
  '0021-imports.ts': '515a7abbb4a2795aa8f8eadef81a61cbbb944cb759c29d8b96560abddace29a6',
  '0022-removed-summaries.ts': '487963c2733c82cab6ad2812cdf8807012cb149720858a539fa409dc5bc1288f',
};

it('are as they were when they were written, numbered without a gap, and all run', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  const found = files.map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(path.join(import.meta.dirname, name)))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(found)).toEqual(hashes);
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1));
});
