// Draws the passages. The CSS Custom Highlight API paints them without touching the page; where a browser lacks it, they
// become <mark> elements, as the server writes them where the reader chose marked text.
import { readText } from "./text.js";

const COLORS = ["amber", "jade", "sky", "rose"];
const PAINTS = typeof Highlight === "function" && CSS.highlights !== undefined && !document.querySelector("[data-marks]");
let drawn = [];

/** Draws the notes of a list, `[{ id, color, noted, start, end }]`, and returns the text as it was read for that. */
export function draw(root, notes) {
  performance.mark("nok:draw");
  const text = PAINTS ? paint(readText(root), notes) : drawMarks(root, notes);
  performance.measure("nok:draw", "nok:draw");
  return text;
}

function paint(text, notes) {
  const sets = new Map([...COLORS, "noted"].map((name) => [name, new Highlight()]));
  drawn = [];
  for (const note of notes) {
    const range = text.rangeOf(note.start, note.end);
    if (!range) continue;
    sets.get(note.color)?.add(range);
    if (note.noted) sets.get("noted").add(range);
    drawn.push({ note, range });
  }
  sets.get("noted").priority = 1;
  for (const [name, set] of sets) CSS.highlights.set(`nok-${name}`, set);
  return text;
}

/** The note at a point of the window, the shortest first, or null. */
export function noteAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const old = caret ? null : document.caretRangeFromPoint?.(x, y);
  const node = caret?.offsetNode ?? old?.startContainer;
  if (!node) return null;
  const offset = caret?.offset ?? old.startOffset;
  const hit = drawn.filter(({ range }) => document.contains(range.startContainer) && range.isPointInRange(node, offset));
  hit.sort((one, other) => one.note.end - one.note.start - (other.note.end - other.note.start));
  return hit[0]?.note ?? null;
}

export function rangeOfNote(id) {
  return drawn.find(({ note }) => note.id === id)?.range ?? null;
}

function drawMarks(root, notes) {
  for (const mark of root.querySelectorAll("mark[data-drawn]")) mark.replaceWith(...mark.childNodes);
  root.normalize();
  const plain = readText(root);
  const parts = new Map(); // what is marked of each text node
  for (const note of notes) {
    const range = plain.rangeOf(note.start, note.end);
    for (const node of range ? textNodes(range) : []) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (from < to) parts.set(node, [...(parts.get(node) ?? []), { from, to, note }]);
    }
  }
  for (const [node, marks] of parts) node.replaceWith(...pieces(node.data, marks));
  const text = readText(root);
  drawn = notes.map((note) => ({ note, range: text.rangeOf(note.start, note.end) })).filter(({ range }) => range);
  return text;
}

/** A text cut wherever a mark begins or ends, each piece in the marks that it lies in. */
function pieces(data, marks) {
  const edges = [...new Set([0, data.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
  return edges.slice(0, -1).map((from, at) => {
    const piece = document.createTextNode(data.slice(from, edges[at + 1]));
    const over = marks.filter((mark) => mark.from <= from && from < mark.to);
    return over.reduceRight((inner, { note }) => {
      const mark = document.createElement("mark");
      mark.dataset.drawn = note.id;
      mark.className = note.color;
      mark.append(inner);
      return mark;
    }, piece);
  });
}

function textNodes(range) {
  const root = range.commonAncestorContainer;
  if (root.nodeType === Node.TEXT_NODE) return [root];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) found.push(walker.currentNode);
  return found.filter((node) => node.data.trim());
}
