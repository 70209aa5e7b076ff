// The text that a reader selects from, by the same rule as the server's (nok/core/reading_text.py): each block on a line,
// white space made alike, characters counted as code points. It says for each character where it stands in the page.
const SPACE = /[ \t\n\r\f]/;
const OUTSIDE = "[data-no-annotate], script, style, template";

export function readText(root) {
  const letters = [];
  const nodes = [];
  const starts = []; // offsets in UTF-16, as the page counts
  const ends = [];
  const put = (letter, node, start, end) => {
    letters.push(letter);
    nodes.push(node);
    starts.push(start);
    ends.push(end);
  };
  const blocks = [...root.querySelectorAll("[data-block]")];
  blocks.forEach((block, number) => {
    const first = letters.length;
    let space = null;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(OUTSIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      let at = 0;
      for (const letter of node.data) {
        const end = at + letter.length;
        if (SPACE.test(letter)) {
          space ??= [node, at, end];
        } else {
          if (space && letters.length > first) put(" ", ...space);
          space = null;
          put(letter, node, at, end);
        }
        at = end;
      }
    }
    // The line's end stands where the block ends, so that all places stay in the order of the page.
    if (number < blocks.length - 1) put("\n", block, block.childNodes.length, block.childNodes.length);
  });

  const rangeOf = (start, end) => {
    while (start < end && letters[start] === "\n") start += 1;
    while (end > start && letters[end - 1] === "\n") end -= 1;
    if (start >= end || end > letters.length) return null;
    const range = new Range();
    range.setStart(nodes[start], starts[start]);
    range.setEnd(nodes[end - 1], ends[end - 1]);
    return range;
  };

  /** The first character, in order, for which `test` holds; it holds for all after. */
  const firstWhere = (test) => {
    let low = 0;
    let high = letters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  const within = (range) => {
    let start = firstWhere((place) => range.comparePoint(nodes[place], starts[place]) >= 0);
    let end = firstWhere((place) => range.comparePoint(nodes[place], ends[place]) > 0);
    while (start < end && SPACE.test(letters[start])) start += 1;
    while (end > start && SPACE.test(letters[end - 1])) end -= 1;
    return start < end ? { start, end } : null;
  };

  const say = (start, end) => letters.slice(start, end).join("");
  return { length: letters.length, rangeOf, within, say, blocks, letters };
}

/** The passage grown to whole words: a thumb seldom hits the edge of one. */
export function wholeWords(text, { start, end }) {
  const inWord = (place) => place >= 0 && place < text.length && /[\p{L}\p{N}'’]/u.test(text.letters[place]) && !/\p{Script=Han}/u.test(text.letters[place]);
  while (inWord(start) && inWord(start - 1)) start -= 1;
  while (inWord(end - 1) && inWord(end)) end += 1;
  return { start, end };
}
