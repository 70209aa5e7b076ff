import assert from "node:assert/strict";
import test from "node:test";
import { clock, fill, spoken } from "../player/format.js";

test("clock", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(65_900), "1:05");
  assert.equal(clock(3_725_000), "1:02:05");
  assert.equal(clock(-5), "0:00");
});

test("fill keeps what it does not know", () => {
  assert.equal(fill("{seen} of {total} {other}", { seen: 1, total: 2 }), "1 of 2 {other}");
});

test("spoken", () => {
  const messages = { minutes: "{minutes} minutes {seconds} seconds", seconds: "{seconds} seconds" };
  assert.equal(spoken(65_000, messages), "1 minutes 5 seconds");
  assert.equal(spoken(9_000, messages), "9 seconds");
});
