import assert from "node:assert/strict";
import test from "node:test";
import { WatchLedger } from "../player/ledger.js";
import { Reader } from "../player/reader.js";

const PARTS = [[0, 30_000], [30_000, 60_000]];

function reading(covered = []) {
  const ledger = new WatchLedger({ lengthMs: 60_000, covered });
  return { ledger, reader: new Reader({ parts: PARTS, ledger, cap: 1.5 }) };
}

/** Lets so many seconds pass, one tick each. */
function pass(reader, from, seconds) {
  for (let second = 1; second <= seconds; second += 1) reader.tick(from + second * 1000);
}

test("reading counts at the speed cap, and not beyond the part", () => {
  const { ledger, reader } = reading();
  reader.start(0);
  pass(reader, 0, 10);
  assert.deepEqual(ledger.unacknowledged(), [[0, 15_000]]);
  assert.equal(reader.needs(), 10);
  pass(reader, 10_000, 60);
  assert.deepEqual(ledger.unacknowledged(), [[0, 30_000]]);
  assert.equal(reader.needs(), 0);
});

test("nothing counts while reading is stopped", () => {
  const { ledger, reader } = reading();
  reader.start(0);
  pass(reader, 0, 4);
  reader.stop(4_000);
  pass(reader, 4_000, 30);
  assert.deepEqual(ledger.unacknowledged(), [[0, 6_000]]);
  reader.start(40_000);
  reader.tick(41_000);
  assert.deepEqual(ledger.unacknowledged(), [[0, 7_500]]);
});

test("what is counted already takes no time again", () => {
  const { ledger, reader } = reading([[0, 10_000], [15_000, 30_000]]);
  assert.equal(reader.needs(), 4);
  reader.start(0);
  pass(reader, 0, 4);
  assert.deepEqual(ledger.unacknowledged(), [[10_000, 15_000]]);
});

test("one begins in the first part that is not counted", () => {
  assert.equal(reading([[0, 30_000]]).reader.at, 1);
  assert.equal(reading([[0, 60_000]]).reader.at, 0);
});

test("another part may be opened any time, and is counted from its own beginning", () => {
  const { ledger, reader } = reading();
  reader.start(0);
  reader.tick(2_000);
  reader.go(1, 2_000);
  reader.tick(4_000);
  assert.deepEqual(ledger.unacknowledged(), [[0, 3_000], [30_000, 33_000]]);
});

test("a machine that slept has not read", () => {
  const { ledger, reader } = reading();
  reader.start(0);
  reader.tick(600_000);
  assert.deepEqual(ledger.unacknowledged(), [[0, 7_500]]);
});
