// Bundles every widget (frontend/<name>/index.js -> build/js/<name>.js) and the two style sheets. Run: npm run build [-- --watch]
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";

const root = import.meta.dirname;
const widgets = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "index.js")))
  .map((entry) => ({ in: join(root, entry.name, "index.js"), out: `js/${entry.name}` }));

const sheets = ["site", "admin"].map((name) => ({ in: join(root, `../static/css/${name}.css`), out: `css/${name}` }));

const options = {
  entryPoints: [...widgets, ...sheets],
  outdir: join(root, "../build"),
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  legalComments: "linked",
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
