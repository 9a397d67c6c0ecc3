// Bundles src/ into dist/: app.<hash>.js, its chunks, app.<hash>.css, index.html, each also as .gz and .br.
//   node build.mjs             for good
//   node build.mjs --watch     while writing: not minified, not compressed
//   node build.mjs --tests     the unit tests into .tests/
//   --out=DIR                  somewhere else than dist/
import { build, context } from "esbuild";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes("--watch");
const out = resolve(process.argv.find((a) => a.startsWith("--out="))?.slice(6) ?? join(here, "dist"));

const options = {
	absWorkingDir: here,
	entryPoints: { app: "src/main.tsx", "app-style": "src/css/app.css" },
	bundle: true,
	splitting: true,
	format: "esm",
	target: "es2022",
	jsx: "automatic",
	jsxImportSource: "preact",
	outdir: out,
	entryNames: "[name].[hash]",
	chunkNames: "[name].[hash]",
	assetNames: "[name].[hash]",
	loader: { ".svg": "file" },
	publicPath: "/app",
	minify: !watch,
	sourcemap: watch ? "inline" : false,
	legalComments: "none",
	metafile: true,
	logLevel: "warning",
};

// index.html names the hashed files; everything is served by the server itself.
function page(metafile) {
	const names = Object.entries(metafile.outputs);
	const of = (entry) => basename(names.find(([, o]) => o.entryPoint === entry)[0]);
	const icon = names.map(([name]) => basename(name)).find((name) => name.startsWith("icon."));
	const first = metafile.outputs[names.find(([, o]) => o.entryPoint === "src/main.tsx")[0]];
	const preload = first.imports
		.filter((i) => i.kind === "import-statement")
		.map((i) => `<link rel="modulepreload" href="/app/${basename(i.path)}">`);
	return readFileSync(join(here, "index.html"), "utf8")
		.replace("{script}", `/app/${of("src/main.tsx")}`)
		.replace("{style}", `/app/${of("src/css/app.css")}`)
		.replace("{icon}", `/app/${icon}`)
		.replace("{preload}", preload.join("\n"));
}

function finish(result) {
	writeFileSync(join(out, "index.html"), page(result.metafile));
	if (watch) return;
	for (const name of readdirSync(out)) {
		const bytes = readFileSync(join(out, name));
		writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
		writeFileSync(
			join(out, `${name}.br`),
			brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
		);
	}
}

async function tests() {
	const folder = join(here, ".tests");
	rmSync(folder, { recursive: true, force: true });
	await build({
		absWorkingDir: here,
		entryPoints: readdirSync(join(here, "src"), { recursive: true })
			.map((name) => `src/${name}`)
			.filter((name) => name.endsWith(".test.ts")),
		bundle: true,
		platform: "node",
		format: "esm",
		outdir: folder,
		outExtension: { ".js": ".mjs" },
		entryNames: "[name]",
		logLevel: "warning",
	});
}

if (process.argv.includes("--tests")) await tests();
else {
	rmSync(out, { recursive: true, force: true });
	mkdirSync(out, { recursive: true });
	if (watch) {
		const plugin = { name: "page", setup: (b) => b.onEnd((r) => r.metafile && finish(r)) };
		await (await context({ ...options, plugins: [plugin] })).watch();
	} else finish(await build(options));
}
