import assert from "node:assert/strict";
import test from "node:test";
import { WatchLedger } from "../player/ledger.js";

/** Plays from `from` to `to` with a sample every 250 ms of clock; returns the time afterwards. */
function watch(ledger, from, to, { now = 0, rate = 1 } = {}) {
  ledger.begin(from, now);
  let at = from;
  while (at < to) {
    at = Math.min(to, at + 250 * rate);
    now += 250;
    ledger.sample(at, now, rate);
  }
  ledger.end();
  return now;
}

test("what is played waits to be acknowledged, then is covered", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000 });
  watch(ledger, 0, 10_000);
  assert.deepEqual(ledger.unacknowledged(), [[0, 10_000]]);
  ledger.accept([[0, 9_000]]);
  assert.equal(ledger.coveredMs, 9_000);
  assert.deepEqual(ledger.unacknowledged(), [[9_000, 10_000]], "the rest is sent again");
  ledger.accept([[0, 10_000]]);
  assert.deepEqual(ledger.unacknowledged(), []);
});

test("the run under way is carried too", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000 });
  ledger.begin(0, 0);
  ledger.sample(250, 250, 1);
  ledger.sample(500, 500, 1);
  assert.deepEqual(ledger.unacknowledged(), [[0, 500]]);
  ledger.accept([[0, 300]]);
  assert.deepEqual(ledger.unacknowledged(), [[300, 500]]);
  assert.ok(ledger.counting);
});

test("a jump is not counted", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000 });
  ledger.begin(0, 0);
  ledger.sample(1_000, 1_000, 1);
  ledger.sample(30_000, 1_250, 1);
  ledger.sample(30_250, 1_500, 1);
  ledger.sample(5_000, 1_750, 1);
  ledger.end();
  assert.deepEqual(ledger.unacknowledged(), [[0, 1_000], [30_000, 30_250]]);
});

test("a pause leaves no seam, a jump back or ahead does not count as one", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000 });
  watch(ledger, 0, 1_000);
  watch(ledger, 1_100, 2_000);
  watch(ledger, 2_600, 3_000);
  assert.deepEqual(ledger.unacknowledged(), [[0, 2_000], [2_600, 3_000]]);
});

test("a slow sampler at a permitted speed loses nothing", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000 });
  ledger.begin(0, 0);
  ledger.sample(1_500, 1_000, 1.5);
  ledger.sample(4_500, 3_000, 1.5);
  ledger.end();
  assert.deepEqual(ledger.unacknowledged(), [[0, 4_500]]);
});

test("watching again adds nothing", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000, covered: [[0, 20_000]] });
  watch(ledger, 5_000, 15_000);
  assert.deepEqual(ledger.unacknowledged(), []);
});

test("what was kept from before is carried, less what the server has", () => {
  const ledger = new WatchLedger({ lengthMs: 60_000, covered: [[0, 4_000]], pending: [[2_000, 8_000]], seen: 12_000 });
  assert.deepEqual(ledger.unacknowledged(), [[4_000, 8_000]]);
  assert.equal(ledger.furthest, 12_000);
});

test("the furthest place grows with playing, counted or not, and never beyond the end", () => {
  const ledger = new WatchLedger({ lengthMs: 10_000 });
  ledger.sample(3_000, 0, 1);
  assert.equal(ledger.furthest, 3_000);
  ledger.saw(99_000);
  assert.equal(ledger.furthest, 10_000);
  assert.deepEqual(ledger.unacknowledged(), []);
});

test("missing names the holes worth going back to", () => {
  const ledger = new WatchLedger({ lengthMs: 10_000, covered: [[0, 2_000], [2_100, 6_000]] });
  assert.deepEqual(ledger.missing(), [[6_000, 10_000]]);
});
