import assert from "node:assert/strict";
import test from "node:test";
import { clip, furthest, gaps, normalize, subtract, total, union } from "../player/intervals.js";

test("normalize sorts, merges what touches and drops what is empty", () => {
  assert.deepEqual(normalize([[30, 40], [0, 10], [10, 20], [35, 50], [7, 7], [9, 3], [NaN, 4]]), [[0, 20], [30, 50]]);
  assert.deepEqual(normalize([]), []);
});

test("normalize leaves its input alone", () => {
  const list = [[5, 9], [0, 6]];
  normalize(list);
  assert.deepEqual(list, [[5, 9], [0, 6]]);
});

test("subtract cuts holes", () => {
  assert.deepEqual(subtract([[0, 100]], [[10, 20], [90, 120]]), [[0, 10], [20, 90]]);
  assert.deepEqual(subtract([[0, 100]], [[0, 100]]), []);
  assert.deepEqual(subtract([[0, 10], [20, 30]], [[5, 25]]), [[0, 5], [25, 30]]);
  assert.deepEqual(subtract([[0, 10]], []), [[0, 10]]);
});

test("clip, total, furthest, gaps", () => {
  assert.deepEqual(clip([[-50, 10], [90, 300]], 100), [[0, 10], [90, 100]]);
  assert.equal(total([[0, 10], [5, 20]]), 20);
  assert.equal(furthest([[50, 60], [0, 10]]), 60);
  assert.equal(furthest([]), 0);
  assert.deepEqual(gaps([[10, 20], [20.4, 90]], 100, 5), [[0, 10], [90, 100]]);
});

test("set algebra holds for random sets", () => {
  let seed = 7;
  const dice = (most) => (seed = (seed * 16807) % 2147483647) % most;
  const sample = () => Array.from({ length: dice(8) }, () => { const from = dice(90); return [from, from + dice(20)]; });
  const moments = (list) => new Set(Array.from({ length: 120 }, (_, at) => at).filter((at) => list.some(([a, b]) => a <= at && at < b)));
  for (let round = 0; round < 500; round += 1) {
    const [one, other] = [sample(), sample()];
    const [a, b] = [moments(one), moments(other)];
    assert.deepEqual(moments(union(one, other)), new Set([...a, ...b].sort((x, y) => x - y)));
    assert.deepEqual(moments(subtract(one, other)), new Set([...a].filter((at) => !b.has(at))));
    assert.equal(total(one), a.size);
  }
});
