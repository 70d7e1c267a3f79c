// A browser that reports what it should not do: requests to other hosts, and errors of scripts. And what its tests share.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const OUTPUT = join(ROOT, "build", "browser");
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const TYPES = {
  ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript",
  ".png": "image/png", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2",
};
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const LOCAL = new Set(["data:", "blob:", "about:"]);

export function freshFolder(name) {
  const folder = join(OUTPUT, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export async function launch() {
  const executablePath = process.env.CHROMIUM || PLACES.find(existsSync);
  if (!executablePath) {
    throw new Error(`no browser found (${PLACES.join(", ")}); install Debian's chromium, or set CHROMIUM=/path/to/it`);
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"],
  });
}

// A page of a fresh profile, and the list into which its faults are written.
export async function openPage(browser, options) {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  const faults = [];
  const outside = (url) => !LOCAL.has(new URL(url).protocol) && !LOOPBACK.has(new URL(url).hostname);
  await context.route((url) => outside(url.href), (route) => {
    faults.push(`asks another host: ${route.request().url()}`);
    return route.abort();
  });
  await context.routeWebSocket((url) => outside(url.href), (socket) => {
    faults.push(`asks another host: ${socket.url()}`);
    return socket.close();
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  return { page, context, faults };
}

export function report(name, faults, seconds) {
  console.log(`${faults.length ? "FAILED" : "ok    "} ${name}  ${seconds.toFixed(1)} s`);
  for (const fault of faults) console.log(`       ${fault}`);
  return faults.length === 0;
}

export const codeCells = (notebook) => notebook.cells.filter((cell) => cell.cell_type === "code" && cell.source.length);
const joined = (text) => (Array.isArray(text) ? text.join("") : text ?? "");
// What a cell says in words; pictures depend on fonts and versions, and have checks of their own.
const words = (cell) => cell.outputs.map((one) => joined(one.text ?? one.data?.["text/markdown"] ?? one.data?.["text/plain"]));

// What a notebook that was run says otherwise than the committed one.
export function compare(saved, committed) {
  const faults = [];
  const expected = codeCells(committed);
  codeCells(saved).forEach((cell, number) => {
    const place = `code cell ${number + 1}`;
    for (const one of cell.outputs) {
      if (one.output_type === "error") faults.push(`${place}: ${one.ename}: ${one.evalue}`);
      if (one.name === "stderr") faults.push(`${place} writes to stderr: ${joined(one.text).slice(0, 200)}`);
    }
    if (!cell.execution_count) faults.push(`${place} was not run`);
    else {
      const [now, was] = [cell, expected[number]].map((one) => words(one).join("\n").split("\n"));
      const line = [...(now.length > was.length ? now : was).keys()].find((at) => now[at] !== was[at]);
      if (line !== undefined) faults.push(`${place}: says "${now[line] ?? ""}", and the saved one "${was[line] ?? ""}"`);
    }
  });
  return faults;
}

// A server of a folder's files, nothing else, on a free port of this machine.
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(folder, path);
    if (!file.startsWith(folder) || !existsSync(file) || !extname(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
}
