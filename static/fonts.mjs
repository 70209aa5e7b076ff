// Makes the fonts as small as these pages need them. The packages hold every weight and optical size, and pinyin only among
// all of extended Latin; fonts.css names after a "?" which part of a file it wants.
import { readFile } from "node:fs/promises";
import subsetFont from "subset-font";

// What @fontsource calls latin.
const LATIN = between(
  [0x20, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x304], [0x308], [0x329],
  [0x2000, 0x206f], [0x20ac], [0x2122], [0x2191], [0x2193], [0x2212], [0x2215], [0xfffd],
);
const PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ";
const TEXT_WEIGHTS = { min: 400, max: 700 };

// The cuts of each font: which weights, and for which size of letters the forms are drawn.
const CUTS = {
  text: { wght: TEXT_WEIGHTS, opsz: 18 },
  display: { wght: 500, opsz: 28 },
  italic: { wght: TEXT_WEIGHTS },
  sans: { wght: TEXT_WEIGHTS },
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
  setup(build) {
    build.onResolve({ filter: /\.woff2\?/ }, async ({ path, kind, resolveDir }) => {
      const [file, namespace] = path.split("?");
      const { path: found, errors } = await build.resolve(file, { kind, resolveDir });
      return errors.length ? { errors } : { path: found, namespace };
    });
    for (const [cut, variationAxes] of Object.entries(CUTS)) {
      for (const [namespace, letters] of [[cut, LATIN], [`${cut}-pinyin`, PINYIN]]) {
        build.onLoad({ filter: /\.woff2$/, namespace }, async ({ path }) => {
          const contents = await subsetFont(await readFile(path), letters, { targetFormat: "woff2", variationAxes });
          return { contents, loader: "file" };
        });
      }
    }
  },
};
