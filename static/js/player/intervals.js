// Sets of moments, as lists of [from, to) in whole milliseconds. Every function returns a new list that is sorted,
// has no overlaps and no empty parts.

/** @typedef {[number, number][]} Intervals */

/** Sorts, merges what touches or overlaps, drops what is empty or not a number. */
export function normalize(list) {
  const sorted = list
    .map(([from, to]) => [Math.round(from), Math.round(to)])
    .filter(([from, to]) => Number.isFinite(from) && Number.isFinite(to) && to > from)
    .sort((one, other) => one[0] - other[0]);
  const merged = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function union(...lists) {
  return normalize(lists.flat());
}

/** What is in `list` and not in `taken`. */
export function subtract(list, taken) {
  const holes = normalize(taken);
  const rest = [];
  for (const [from, to] of normalize(list)) {
    let start = from;
    for (const [holeFrom, holeTo] of holes) {
      if (holeTo <= start || holeFrom >= to) continue;
      if (holeFrom > start) rest.push([start, holeFrom]);
      start = Math.max(start, holeTo);
    }
    if (start < to) rest.push([start, to]);
  }
  return rest;
}

/** Cuts away what lies before 0 or after `length`. */
export function clip(list, length) {
  return normalize(list.map(([from, to]) => [Math.max(0, from), Math.min(length, to)]));
}

export function total(list) {
  return normalize(list).reduce((sum, [from, to]) => sum + to - from, 0);
}

/** The end of the last part; 0 for an empty list. */
export function furthest(list) {
  return normalize(list).at(-1)?.[1] ?? 0;
}

/** The parts of [0, length) that the list leaves out and that last at least `least`. */
export function gaps(list, length, least = 0) {
  return subtract([[0, length]], list).filter(([from, to]) => to - from >= least);
}
