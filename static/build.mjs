// Builds the front end: static/css, static/js and static/img into static/build/, every name carrying a hash of its
// content, and manifest.json telling the server which name stands for which source. Old output stays for a day: servers
// that started before, and pages open in browsers, still ask for it.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { fonts } from "./fonts.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const out = path.join(here, "build");
const DAY_MS = 24 * 3600 * 1000;

// The cuts of fonts that the first screen needs are preloaded, so the manifest names them too.
const preloaded = { sans: "sans.woff2", display: "display.woff2", text: "serif.woff2" };

const options = {
  absWorkingDir: root,
  entryPoints: ["main.css", "hanzi.css", "field.css"]
    .map((name) => `static/css/${name}`)
    .concat(["main.js", "player.js", "annotations.js", "offline.js", "service-worker.js"].map((name) => `static/js/${name}`)),
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome111", "edge111", "firefox115", "safari16.4"],
  // Sources write light-dark() and nesting; the browsers above know the second, and tokens.css has a fallback for the first.
  supported: { nesting: true },
  minify: true,
  sourcemap: "linked",
  legalComments: "eof",
  plugins: [fonts],
  loader: { ".woff2": "file", ".woff": "empty", ".svg": "file" },
  metafile: true,
  logLevel: "warning",
};

/** Copies the pictures of static/img under hashed names; returns [source name, built name] pairs. */
async function images() {
  const pairs = [];
  for (const name of (await readdir(path.join(here, "img"))).sort()) {
    const bytes = await readFile(path.join(here, "img", name));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
    const { name: stem, ext } = path.parse(name);
    const built = `${stem}-${hash}${ext}`;
    await copyFile(path.join(here, "img", name), path.join(out, built));
    pairs.push([name, built]);
  }
  return pairs;
}

/** Writes name.br and name.gz beside what gets smaller by it; returns their names. */
async function compress(names) {
  const written = [];
  for (const name of names.filter((each) => /\.(css|js|json|svg)$/.test(each))) {
    const bytes = await readFile(path.join(out, name));
    for (const [suffix, squeeze] of [["br", promisify(brotliCompress)], ["gz", promisify(gzip)]]) {
      const smaller = await squeeze(bytes);
      if (smaller.length > bytes.length * 0.95) continue;
      await writeFile(path.join(out, `${name}.${suffix}`), smaller);
      written.push(`${name}.${suffix}`);
    }
  }
  return written;
}

/** Keeps the license text of every package whose code or fonts are served. */
async function licenses(packages) {
  const folder = path.join(out, "licenses");
  await mkdir(folder, { recursive: true });
  for (const name of packages) {
    const target = `${name.replace(/^@/, "").replaceAll("/", "-")}.txt`;
    await copyFile(path.join(root, "node_modules", name, "LICENSE"), path.join(folder, target));
  }
}

/** Writes through a neighbour and a rename: a reader sees the old manifest or the new one. */
async function writeManifest(entries) {
  const sorted = Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  const file = path.join(out, "manifest.json");
  await writeFile(`${file}.new`, `${JSON.stringify(sorted, null, 2)}\n`);
  await rename(`${file}.new`, file);
  return sorted;
}

/** Removes what this build does not name and no build of the last day has written. */
async function sweep(kept) {
  for (const name of await readdir(out)) {
    const file = path.join(out, name);
    if (!kept.has(name) && Date.now() - (await stat(file)).mtimeMs > DAY_MS) await rm(file, { recursive: true });
  }
}

async function finish(metafile) {
  const entries = new Map(await images());
  const kept = new Set(["manifest.json", "licenses"]);
  for (const [file, info] of Object.entries(metafile.outputs)) {
    const built = path.basename(file);
    kept.add(built);
    const source = path.basename(info.entryPoint ?? Object.keys(info.inputs)[0] ?? "");
    if (info.entryPoint && !file.endsWith(".map") && !built.startsWith("chunk-")) entries.set(source, built);
    const cut = preloaded[Object.keys(info.inputs)[0]?.split(":")[0]];
    if (cut) entries.set(cut, built);
  }
  for (const built of entries.values()) kept.add(built);
  for (const name of await compress([...kept].filter((each) => each !== "manifest.json" && each !== "licenses"))) kept.add(name);
  const served = Object.keys(metafile.inputs).map((file) => file.match(/(?:^|[:/])node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  await licenses(new Set(served.filter(Boolean)));
  await writeManifest(entries);
  await sweep(kept);
}

await mkdir(out, { recursive: true });
if (process.argv.includes("--watch")) {
  const finishing = { name: "finish", setup: (build) => build.onEnd((result) => result.metafile && finish(result.metafile)) };
  const context = await esbuild.context({ ...options, plugins: [...options.plugins, finishing] });
  await context.watch();
} else {
  const result = await esbuild.build(options);
  await finish(result.metafile);
}
