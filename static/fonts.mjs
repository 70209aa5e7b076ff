// Makes the fonts as small as these pages need them. The packages hold every weight and optical size, and pinyin only among
// all of extended Latin; fonts.css names after a "?" which part of a file it wants. The Chinese font comes in a hundred
// slices of 60 to 80 kB, and three characters may lie in three of them: those of our field come as small slices of slices.
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

// What @fontsource calls latin, in two parts: what pages in English write with a few names in them, and the rest, which is
// half of the file and seldom wanted.
const LATIN = between(
  [0x20, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x304], [0x308], [0x329],
  [0x2000, 0x206f], [0x20ac], [0x2122], [0x2191], [0x2193], [0x2212], [0x2215], [0xfffd],
);
const ENGLISH = between(
  [0x20, 0x7e], [0xa0], [0xa9], [0xad, 0xae], [0xb0, 0xb3], [0xb5], [0xb7], [0xbd], [0xd7], [0x2010, 0x2015], [0x2018, 0x201d],
  [0x2022], [0x2026], [0x2032, 0x2033], [0x2212],
) + "áàéèíìóòúùüäöçñÁÀÉÈÍÌÓÒÚÙÜÄÖ";
const MORE = [...LATIN].filter((letter) => !ENGLISH.includes(letter)).join("");
const PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ";
// The letters that the names of substances and formulas begin with.
const GREEK = between([0x3b1, 0x3c9]) + "ΓΔΣΦΩ";
const TEXT_WEIGHTS = { min: 400, max: 700 };
// What the pages set; fractions, small figures and the forms of single languages are not.
const FEATURES = ["ccmp", "kern", "liga", "mark", "mkmk", "tnum"];

// What acupuncturists write besides the names of the points.
const TERMS =
  "针灸穴位经络脉气血津液精神阴阳表里寒热虚实补泻得留晕刺深浅角度斜直平提插捻转拔罐推拿按摩皮肤肌肉筋骨微胶原脏腑心肝脾肺肾胃胆肠膀胱焦包" +
  "督任冲带跷维足手头面腹背腰膝寸分诊断治疗方药汤舌痛证症病医师学习课程教知情同意当归芎地黄芪甘草参苓术肚陰陽虛實針經絡氣醫師學";

async function fieldsHanzi() {
  const names = await readFile(fileURLToPath(new URL("../nok/core/points.tsv", import.meta.url)), "utf8");
  return [...new Set((names + TERMS).match(/\p{Script=Han}/gu))].join("");
}

/** The style sheet of the small slices, made of the one of the package: the same faces, for fewer characters. */
async function fieldsSlices(sheet) {
  const letters = await fieldsHanzi();
  const faces = sheet.match(/@font-face\s*\{[^}]*\}/g).map((face) => {
    const range = face.match(/unicode-range:\s*([^;]+);/)[1];
    const within = range.split(",").map((part) => part.trim().slice(2).split("-").map((end) => parseInt(end, 16)));
    const ours = [...letters].filter((letter) =>
      within.some(([first, last = first]) => first <= letter.codePointAt(0) && letter.codePointAt(0) <= last));
    if (!ours.length) return "";
    const codes = ours.map((letter) => `U+${letter.codePointAt(0).toString(16).toUpperCase()}`);
    return face.replace(range, codes.join(",")).replace(/url\((\S+?)\)/, "url($1?field)");
  });
  return faces.join("\n");
}

// The cuts of each font: which weights, and for which size of letters the forms are drawn.
const CUTS = {
  text: { wght: TEXT_WEIGHTS, opsz: 18 },
  display: { wght: 500, opsz: 28 },
  italic: { wght: 400 },
  "italic-bold": { wght: 700 },
  greek: { wght: TEXT_WEIGHTS, opsz: 18 },
  sans: { wght: TEXT_WEIGHTS },
  field: { wght: TEXT_WEIGHTS },
};

function between(...ranges) {
  return ranges
    .flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, step) => first + step))
    .map((code) => String.fromCodePoint(code))
    .join("");
}

/** The plugin for esbuild. */
export const fonts = {
  name: "fonts",
  async setup(build) {
    build.onResolve({ filter: /\.(woff2|css)\?/ }, async ({ path, kind, resolveDir }) => {
      const [file, namespace] = path.split("?");
      const { path: found, errors } = await build.resolve(file, { kind, resolveDir });
      return errors.length ? { errors } : { path: found, namespace };
    });
    build.onLoad({ filter: /\.css$/, namespace: "slices" }, async ({ path }) => {
      return { contents: await fieldsSlices(await readFile(path, "utf8")), loader: "css", resolveDir: dirname(path) };
    });
    for (const [cut, variationAxes] of Object.entries(CUTS)) {
      const whole = { field: await fieldsHanzi(), greek: GREEK }[cut];
      const parts = whole ? [[cut, whole]] : [[cut, ENGLISH], [`${cut}-more`, MORE], [`${cut}-pinyin`, PINYIN]];
      for (const [namespace, letters] of parts) {
        build.onLoad({ filter: /\.woff2$/, namespace }, async ({ path }) => {
          const how = { targetFormat: "woff2", variationAxes, keepFeatures: FEATURES };
          const contents = await subsetFont(await readFile(path), letters, how);
          return { contents, loader: "file" };
        });
      }
    }
  },
};
