// Opens each page of the built site as readers do: axe-core in light, dark and on a phone; the explorer by keyboard.
// Usage: node site.mjs [page.html ...]   Screenshots go to build/browser/site.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT, freshFolder, launch, openPage, report, serve } from "./browser.mjs";

const SITE = join(ROOT, "build", "site");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
};
const TALLEST = 6000; // pixels of a screenshot

async function violations(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map((one) => {
    const first = one.nodes[0];
    return `${one.id}: ${one.help}; ${one.nodes.length} places, such as ${first.target.join(" ")}: ${first.html.slice(0, 120)}`;
  });
}

async function layout(page) {
  return page.evaluate(() => {
    const wrong = [...document.images].filter((image) => !image.complete || !image.naturalWidth);
    const faults = wrong.map((image) => `broken picture: ${image.getAttribute("src")}`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} pixels wider than the window`);
    return faults;
  });
}

// Everything with the keyboard alone: to the search, a word, a filter, and back to all facts.
async function explorer(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`explorer: ${said}`);
  const shown = () => page.locator("#facts tbody tr:visible").count();
  await page.goto(`${address}/evidence.html`);
  const all = await shown();
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.classList.contains("skip")), "Tab does not reach the skip link first");
  await page.keyboard.press("Enter");
  for (let step = 0; step < 20 && (await page.evaluate(() => document.activeElement.id)) !== "q"; step += 1) {
    await page.keyboard.press("Tab");
  }
  check((await page.evaluate(() => document.activeElement.id)) === "q", "Tab does not reach the search");
  await page.keyboard.type("20.000p");
  const found = await shown();
  check(found > 0 && found < all, `a search for a token shows ${found} of ${all} facts`);
  check((await page.locator("#count").textContent()) === `${found} of ${all} facts`, "the count is not told");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  check((await shown()) === all, "an empty search does not show all facts");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const city = await page.locator("#by-city").inputValue();
  const rows = await page.locator(`#facts tbody tr[data-city="${city}"]`).count();
  check(city !== "" && rows > 0 && (await shown()) === rows, `the filter by city (${city}) does not show its ${rows} facts`);
  check(new URL(page.url()).searchParams.get("city") === city, "the address does not keep the filter");
  await page.reload();
  check((await shown()) === rows, "the address does not bring the filter back");
  await page.locator("button[type=reset]").focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(50);
  check((await shown()) === all, "Clear does not show all facts");
  await page.locator("#q").fill("no fact has these words");
  check(await page.locator("#none").isVisible(), "nothing is said when no fact matches");
  return faults;
}

async function withoutScript(browser, address) {
  const { page, context, faults } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${address}/evidence.html`);
  if (await page.locator("#filter").isVisible()) faults.push("explorer: the form shows although no script runs");
  if (!(await page.locator("#facts tbody tr").last().isVisible())) faults.push("explorer: no table without script");
  await context.close();
  return faults;
}

const pages = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(SITE, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const folder = freshFolder("site");
const { server, address } = await serve(SITE);
const browser = await launch();
let good = true;
try {
  for (const name of pages) {
    const start = performance.now();
    const faults = [];
    for (const [view, options] of Object.entries(VIEWS)) {
      const opened = await openPage(browser, options);
      await opened.page.goto(`${address}/${name}`);
      await opened.page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      const found = [...(await violations(opened.page)), ...(await layout(opened.page)), ...opened.faults];
      faults.push(...found.map((fault) => `${view}: ${fault}`));
      const height = Math.min(TALLEST, await opened.page.evaluate(() => document.documentElement.scrollHeight));
      const path = join(folder, `${name.replaceAll("/", "-").replace(".html", "")}-${view}.png`);
      await opened.page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: options.viewport.width, height } });
      await opened.context.close();
    }
    good = report(name, faults, (performance.now() - start) / 1000) && good;
  }
  const start = performance.now();
  const opened = await openPage(browser, VIEWS.light);
  const faults = [...(await explorer(opened.page, address)), ...opened.faults, ...(await withoutScript(browser, address))];
  good = report("explorer by keyboard, and without script", faults, (performance.now() - start) / 1000) && good;
} finally {
  await browser.close();
  server.close();
}
process.exitCode = good ? 0 : 1;
