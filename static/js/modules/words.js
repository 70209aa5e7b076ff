// Counts words as the server does: a hanzi or kana is a word, anything else a run of letters and digits.
const ALONE = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = `(?:(?![${ALONE}])[\\p{L}\\p{N}_])+`;
const WORD = new RegExp(`[${ALONE}]|${RUN}(?:['\\u2019-]${RUN})*`, "gu");

export const countWords = (text) => text.match(WORD)?.length ?? 0;
