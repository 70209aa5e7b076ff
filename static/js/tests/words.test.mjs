import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords } from "../modules/words.js";

// The same texts and numbers as in tests/assessments/test_words.py: page and server must agree.
const COUNTED = [
  ["", 0], [" \n\t ", 0], ["one", 1], ["one two  three", 3], ["don't - stop", 2], ["it’s a well-known point", 4],
  ["ST-36 and LI4", 3], ["足三里", 3], ["Zú Sān Lǐ 足三里", 6], ["주미림 선생님", 2], ["… — !", 0], ["a_b 12.5", 3],
];

test("words are counted as the server counts them", () => {
  for (const [text, words] of COUNTED) assert.equal(countWords(text), words, text);
});
