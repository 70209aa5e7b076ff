import assert from "node:assert/strict";
import test from "node:test";
import { BeatClient } from "../player/beats.js";
import { WatchLedger } from "../player/ledger.js";
import { union, subtract, clip } from "../player/intervals.js";

/** A desk clock, a player that only moves when told, and a server that follows the settled rules. */
class World {
  time = 0;
  position = 0;
  rate = 1;
  timers = new Map();
  beats = [];
  heard = [];
  online = true;
  status = 200;
  playing = false;
  server = { covered: [], last: null, seq: -1, session: "" };

  constructor({ lengthMs = 600_000, pending = [] } = {}) {
    this.lengthMs = lengthMs;
    this.ledger = new WatchLedger({ lengthMs, pending });
    let ids = 0;
    this.client = new BeatClient({
      ledger: this.ledger,
      send: (body) => this.receive(structuredClone(body)),
      place: () => ({ position: this.position, rate: this.rate }),
      told: (state, data, before) => this.heard.push([state, before]),
      now: () => this.time,
      later: (run, wait) => { const id = Symbol("timer"); this.timers.set(id, { run, due: this.time + wait }); return id; },
      cancel: (id) => this.timers.delete(id),
      newId: () => `session-${++ids}`,
    });
  }

  async receive(body) {
    if (!this.online) throw new TypeError("no network");
    this.beats.push(body);
    if (this.lose?.(body)) { this.credit(body); throw new TypeError("answer lost"); }
    if (this.status !== 200) return { status: this.status, data: { state: "elsewhere", message: "" } };
    return { status: 200, data: this.credit(body) };
  }

  credit(body) {
    const { server } = this;
    const replay = body.session === server.session && body.seq <= server.seq;
    if (!replay) {
      const gap = server.last === null || body.seq === 0 ? 0 : this.time - server.last;
      let budget = gap > 60_000 ? 0 : gap * 1.5;
      for (const [from, to] of subtract(clip(body.played, this.lengthMs), server.covered)) {
        const granted = Math.min(to - from, budget);
        if (granted > 0) server.covered = union(server.covered, [[from, from + granted]]);
        budget -= granted;
      }
      Object.assign(server, { last: this.time, seq: body.seq, session: body.session });
    }
    return { state: "counting", covered: server.covered, message: "" };
  }

  play() {
    this.playing = true;
    this.ledger.begin(this.position, this.time);
    this.client.play();
  }

  pause() {
    this.playing = false;
    this.ledger.end();
    this.client.pause();
  }

  /** Lets time pass in quarter seconds. */
  async pass(seconds) {
    for (let step = 0; step < seconds * 4; step += 1) {
      this.time += 250;
      if (this.playing) {
        this.position = Math.min(this.lengthMs, this.position + 250 * this.rate);
        if (this.client.state !== "offline") this.ledger.sample(this.position, this.time, this.rate);
      }
      for (const [id, timer] of [...this.timers]) {
        if (timer.due > this.time) continue;
        this.timers.delete(id);
        timer.run();
      }
      if (step % 4 === 3) this.client.tick();
      await new Promise((done) => setImmediate(done));
    }
  }
}

const settle = () => new Promise((done) => setImmediate(done));

test("the first beat anchors and carries nothing; the next ones come every ten seconds", async () => {
  const world = new World();
  world.play();
  await world.pass(31);
  assert.deepEqual(world.beats.map((beat) => beat.seq), [0, 1, 2, 3]);
  assert.deepEqual(world.beats[0].played, []);
  assert.deepEqual(world.beats[1].played, [[0, 10_000]]);
  assert.equal(world.ledger.coveredMs, 30_000);
  assert.equal(new Set(world.beats.map((beat) => beat.session)).size, 1);
});

test("an honest viewing is covered whole, at normal and at the highest speed", async () => {
  for (const rate of [1, 1.5]) {
    const world = new World({ lengthMs: 120_000 });
    world.rate = rate;
    world.play();
    await world.pass(120 / rate);
    world.pause();
    await world.pass(12);
    assert.ok(world.ledger.coveredMs >= 119_500, `rate ${rate}: ${world.ledger.coveredMs}`);
    assert.deepEqual(world.ledger.unacknowledged(), []);
  }
});

test("a pause sends at once; playing on anchors again after a long rest", async () => {
  const world = new World();
  world.play();
  await world.pass(4);
  world.pause();
  await settle();
  assert.equal(world.beats.length, 2);
  assert.equal(world.ledger.coveredMs, 4_000);
  await world.pass(300);
  world.play();
  await world.pass(11);
  assert.ok(world.ledger.coveredMs >= 14_000, String(world.ledger.coveredMs));
});

test("after a lost answer the next try carries everything under a new number", async () => {
  const world = new World();
  let lost = 0;
  world.lose = (body) => body.seq === 1 && lost++ === 0;
  world.play();
  await world.pass(12);
  assert.deepEqual(world.beats.map((beat) => beat.seq), [0, 1, 2]);
  assert.deepEqual(world.beats[2].played[0], [0, world.beats[2].position_ms]);
  await world.pass(13);
  assert.ok(world.ledger.coveredMs >= 20_000);
});

test("a lost first answer is asked for again as beat 0 of the same session", async () => {
  const world = new World();
  let lost = 0;
  world.lose = () => lost++ === 0;
  world.play();
  await world.pass(12);
  assert.deepEqual(world.beats.slice(0, 2).map(({ seq, played, session }) => [seq, played, session]), [
    [0, [], "session-1"],
    [0, [], "session-1"],
  ]);
  assert.ok(world.ledger.coveredMs >= 10_000);
});

test("one beat in five lost costs an honest learner nothing", async () => {
  const world = new World({ lengthMs: 300_000 });
  let count = 0;
  world.lose = () => ++count % 5 === 0;
  world.play();
  await world.pass(300);
  world.pause();
  await world.pass(20);
  assert.equal(world.ledger.coveredMs, 300_000);
});

test("forty seconds without network cost nothing", async () => {
  const world = new World();
  world.play();
  await world.pass(20);
  world.online = false;
  await world.pass(40);
  assert.notEqual(world.client.state, "offline");
  world.online = true;
  await world.pass(30);
  assert.ok(world.ledger.coveredMs >= 79_000, String(world.ledger.coveredMs));
});

test("after sixty seconds without an accepted beat it says so at once, and recovers by itself", async () => {
  const world = new World();
  world.play();
  await world.pass(20);
  world.online = false;
  await world.pass(59);
  assert.equal(world.heard.filter(([state]) => state === "offline").length, 0);
  await world.pass(2);
  assert.equal(world.client.state, "offline");
  await world.pass(100);
  assert.equal(world.heard.filter(([state]) => state === "offline").length, 1, "told once");
  world.online = true;
  await world.pass(20);
  assert.equal(world.client.state, "counting");
});

test("elsewhere stops the beats; continuing here is a new session from zero", async () => {
  const world = new World();
  world.play();
  await world.pass(5);
  world.status = 409;
  await world.pass(6);
  assert.equal(world.client.state, "elsewhere");
  const sent = world.beats.length;
  await world.pass(30);
  assert.equal(world.beats.length, sent);
  world.status = 200;
  world.client.restart();
  world.play();
  await world.pass(11);
  const after = world.beats.slice(sent);
  assert.equal(after[0].seq, 0);
  assert.notEqual(after[0].session, world.beats[0].session);
  assert.ok(world.ledger.coveredMs > 0);
});

test("signed out, no access and a stale page each stop it and are named", async () => {
  for (const [status, state] of [[401, "signed_out"], [403, "no_access"], [400, "reload"]]) {
    const world = new World();
    world.status = status;
    world.play();
    await world.pass(3);
    assert.equal(world.client.state, state);
    assert.equal(world.beats.length, 1);
  }
});

test("errors of the server and floods are met with patience", async () => {
  const world = new World();
  world.status = 503;
  world.play();
  await world.pass(16);
  const tries = world.beats.length;
  assert.ok(tries >= 4 && tries <= 6, String(tries));
  assert.ok(world.beats.every((beat) => beat.seq === 0));
});

test("what a closed page left behind is carried by the next one", async () => {
  const world = new World({ pending: [[0, 4_000]] });
  world.position = 4_000;
  world.play();
  await world.pass(21);
  assert.deepEqual(world.beats[1].played, [[0, 14_000]]);
  assert.deepEqual(world.ledger.covered, [[0, 24_000]]);
});

test("the last beat of a page is sent without waiting for the one under way", async () => {
  const world = new World();
  world.play();
  await world.pass(5);
  const sent = world.beats.length;
  world.client.farewell();
  world.pause();
  await settle();
  assert.ok(world.beats.length > sent);
  assert.deepEqual(world.beats[sent].played, [[0, 5_000]]);
});
