// A browser that reports what it should not do: requests to other hosts, and errors of scripts.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const OUTPUT = join(ROOT, "build", "browser");
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
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
