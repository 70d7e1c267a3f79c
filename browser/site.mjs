// Opens each page of the built site as readers do: axe-core in light, dark and on a phone, and the width of a tablet;
// evidence, lists, weights, publishers and search by keyboard, what copies, and all of it without script.
// Usage: node site.mjs [page.html ...]   Screenshots go to build/browser/site.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT, freshFolder, launch, openPage, report, serve } from "./browser.mjs";

const SITE = join(ROOT, "build", "site");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  tablet: { viewport: { width: 880, height: 1100 }, colorScheme: "light" },
};
// Claims and cities are many pages of one template: of each folder the longest page gets all views, the others one,
// in turn, so that every view meets both templates more than once.
const ALIKE = /^(claims|(?:\w\w\/)?cities)\/(?!index)/;
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

// From the top of a page to an element, with the keyboard alone.
async function tabTo(page, selector, most = 40) {
  const reached = () => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  for (let step = 0; step < most && !(await reached()); step += 1) await page.keyboard.press("Tab");
  return reached();
}

const parameter = (page, name) => new URL(page.url()).searchParams.get(name);

// Evidence: to the search, a word, a filter, and back to all facts.
async function explorer(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`explorer: ${said}`);
  const shown = () => page.locator("#rows tbody tr:visible").count();
  await page.goto(`${address}/evidence.html`);
  const all = await shown();
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.classList.contains("skip")), "Tab does not reach the skip link first");
  await page.keyboard.press("Enter");
  check(await tabTo(page, "#q"), "Tab does not reach the search");
  await page.keyboard.type("20.000p");
  const found = await shown();
  check(found > 0 && found < all, `a search for a token shows ${found} of ${all} facts`);
  check((await page.locator("#count").textContent()) === `${found} of ${all} facts`, "the count is not told");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  check((await shown()) === all, "an empty search does not show all facts");
  check(await tabTo(page, "#by-city", 3), "Tab does not reach the filter by city");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const city = await page.locator("#by-city").inputValue();
  const rows = await page.locator(`#rows tbody tr[data-city="${city}"]`).count();
  check(city !== "" && rows > 0 && (await shown()) === rows, `the filter by city (${city}) does not show its ${rows} facts`);
  check(parameter(page, "city") === city, "the address does not keep the filter");
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

// Rankings and sources: sorted by a city, whose places then stand in each row; the address brings the order back.
async function lists(page, address) {
  const faults = [];
  for (const name of ["league-tables", "sources"]) {
    const check = (holds, said) => holds || faults.push(`${name}: ${said}`);
    await page.goto(`${address}/${name}.html`);
    const ids = () => page.locator("#rows tbody tr").evaluateAll((rows) => rows.map((row) => row.id));
    const before = await ids();
    check(await tabTo(page, "#sort", 40), "Tab does not reach the order");
    await page.keyboard.type("Hang");
    const after = await ids();
    check(after.join() !== before.join() && [...after].sort().join() === [...before].sort().join(), "the order of the rows is the same, or rows are lost");
    const said = await page.locator("#rows .at").allTextContents();
    const last = said.findLastIndex(Boolean);
    check(last > 0 && said.slice(0, last).every((one) => one.startsWith("Hangzhou: ")), "rows of the city do not come first");
    if (name === "league-tables") {
      const ranks = said.map((one) => Number(one.split(": ")[1])).filter(Boolean);
      check(ranks.length > 10 && ranks.every((rank, at) => !at || rank >= ranks[at - 1]), `places are not in order: ${ranks}`);
    }
    check(parameter(page, "sort") === "Hangzhou", "the address does not keep the order");
    await page.reload();
    check((await ids()).join() === after.join(), "the address does not bring the order back");
    await page.locator("button[type=reset]").press("Enter");
    await page.waitForTimeout(50);
    check((await ids()).join() === before.join(), "Clear does not bring the first order back");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => document.querySelector("#rows tbody tr:nth-child(12)").scrollIntoView());
    const top = await page.locator("#filter").evaluate((form) => form.getBoundingClientRect().top);
    check(Math.abs(top) < 2, `on a phone the filter is not in view: ${top}`);
    await page.setViewportSize(VIEWS.light.viewport);
  }
  return faults;
}

// Publishers: one of them left out, then back to all alike.
async function publishers(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`publishers: ${said}`);
  const order = () => page.locator("#order tbody tr:visible").allTextContents();
  await page.goto(`${address}/publishers.html`);
  const equal = (await order()).join();
  check(parameter(page, "idc-inspur") === null, "the address changes before the reader does anything");
  check(await tabTo(page, "#p-idc-inspur"), "Tab does not reach the slider of IDC");
  await page.keyboard.press("Home");
  check((await page.locator("#o-idc-inspur").textContent()) === "0", "Home does not leave a publisher out");
  const without = (await order()).join();
  check(without !== equal, "the order is the same without IDC");
  check(parameter(page, "idc-inspur") === "0", "the address does not keep the choice");
  await page.reload();
  check((await order()).join() === without, "the address does not bring the choice back");
  check((await page.locator("#hangs").textContent()).length > 10, "nothing is said of what it hangs on");
  check(await tabTo(page, "#presets button"), "Tab does not reach the presets");
  await page.keyboard.press("Enter");
  check((await order()).join() === equal, "the first preset does not bring all back");
  for (const slider of await page.locator("#trust input").all()) await slider.press("Home");
  check((await page.locator("#answer").textContent()).startsWith("Believe "), "nothing is asked for when nobody is believed");
  return faults;
}

// What copies: a sentence with its address in full, code without its button; code in print; and another language.
async function copying(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`copying: ${said}`);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: address });
  const copied = async (selector) => {
    await page.locator(selector).first().press("Enter");
    await page.waitForFunction(() => [...document.querySelectorAll(".copy")].some((one) => one.textContent === "Copied"));
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await page.goto(`${address}/index.html`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const sentence = await copied("details .quote + .copy");
  check(sentence.includes("data as of 20") && sentence.includes(`${address}/index.html#finding-1`), `the sentence is ${sentence}`);
  await page.goto(`${address}/notebooks/00-start-here.html`);
  check(!(await page.locator("pre.code + .copy").first().isVisible()), "a button stands where there is no code");
  await page.locator("#show-code").check();
  const code = await copied("pre.code + .copy");
  check(code === (await page.locator("pre.code").first().textContent()).trim() && code.includes("import"), `the code is ${code.slice(0, 80)}`);
  await page.locator("#show-code").uncheck();
  await page.emulateMedia({ media: "print" });
  const printed = await page.locator("pre.code").evaluateAll((all) => all.filter((one) => one.clientHeight && one.scrollWidth <= one.clientWidth).length);
  check(printed > 5 && printed === (await page.locator("pre.code").count()), "print loses code");
  await page.emulateMedia({ media: null });
  await page.goto(`${address}/cities/beijing.html`);
  await page.locator("a[hreflang=ja]").press("Enter");
  await page.waitForURL(`${address}/ja/cities/beijing.html`);
  check((await page.locator("h1").textContent()) === "北京", "the switch does not lead to the page in Japanese");
  return faults;
}

// Weights: each slider to nothing and the last to its end, so that the last field alone says who leads; then a preset.
async function weights(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`weights: ${said}`);
  const answer = () => page.locator("#answer").textContent();
  await page.goto(`${address}/weights.html`);
  const sliders = await page.locator("#weigh input").count();
  const equal = await answer();
  check(parameter(page, "w") === null, "the address changes before the reader does anything");
  check(await tabTo(page, "#weigh input"), "Tab does not reach the sliders");
  const first = await page.evaluate(() => document.activeElement.name);
  await page.keyboard.press("ArrowRight");
  check((await page.locator(`#o-${first}`).textContent()) === "6", "an arrow key does not move a slider by one");
  check((await answer()) !== equal, "an arrow key does not change the answer");
  check(parameter(page, "w") === ["6", ...Array(sliders - 1).fill("5")].join(","), "the address does not keep the weights");
  for (let slider = 0; slider < sliders; slider += 1) {
    await page.keyboard.press("Home");
    if (slider < sliders - 1) await page.keyboard.press("Tab");
  }
  check((await answer()).startsWith("Give "), "nothing is asked for when no field has weight");
  check((await page.locator("#total td").allTextContents()).every((one) => one === "–"), "a total stands without weights");
  await page.keyboard.press("End");
  const row = await page.locator("#points tbody tr").last().locator("td").allTextContents();
  const cities = (await page.locator("#points thead th").allTextContents()).slice(1);
  const leader = cities[row.map(Number).indexOf(Math.max(...row.map(Number)))];
  const said = await answer();
  check(said.startsWith(`${leader} leads`), `the last field alone should put ${leader} first: ${said}`);
  check((await page.locator("#total td").allTextContents()).join() === row.join(), "the totals are not those of the one field");
  await page.reload();
  check((await answer()) === said, "the address does not bring the weights back");
  check(await tabTo(page, "#presets button"), "Tab does not reach the presets");
  await page.keyboard.press("Enter");
  check((await answer()) === equal, "the first preset does not bring equal weights back");
  return faults;
}

// Search: a word, its number of pages, and through the first hit to a page that has the word.
async function search(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`search: ${said}`);
  await page.goto(`${address}/search.html`);
  check(await tabTo(page, "#q"), "Tab does not reach the field");
  await page.keyboard.type("Qianhai ceiling");
  const hits = await page.locator("#hits li").count();
  const total = await page.evaluate(() => globalThis.PAGES.length);
  check(hits > 0 && hits < total, `two words are found on ${hits} of ${total} pages`);
  check((await page.locator("#count").textContent()) === `${hits} of ${total} pages`, "the count is not told");
  check(parameter(page, "q") === "Qianhai ceiling", "the address does not keep the words");
  await page.reload();
  check((await page.locator("#hits li").count()) === hits, "the address does not bring the hits back");
  check(await tabTo(page, "#hits a"), "Tab does not reach the first hit");
  const target = await page.evaluate(() => document.activeElement.href);
  await Promise.all([page.waitForURL(target), page.keyboard.press("Enter")]);
  const text = (await page.locator("main").textContent()).toLowerCase();
  check(text.includes("qianhai") && text.includes("ceiling"), `${target} has not both words`);
  await page.goto(`${address}/search.html?q=no+page+has+thesewords`);
  check((await page.locator("#count").textContent()) === `0 of ${total} pages`, "nothing is said when no page matches");
  return faults;
}

async function withoutScript(page, address) {
  const faults = [];
  const check = (holds, said) => holds || faults.push(`without script: ${said}`);
  for (const [name, form, table] of [["evidence", "#filter", "#rows"], ["league-tables", "#filter", "#rows"], ["sources", "#filter", "#rows"],
    ["claims/index", "#filter", "#rows"], ["weights", "#weigh", "#points"], ["publishers", "#trust", "#order"], ["search", "#search", null]]) {
    await page.goto(`${address}/${name}.html`);
    check(!(await page.locator(form).isVisible()), `the form of ${name} shows although it can do nothing`);
    check(!table || (await page.locator(`${table} tbody tr:not([hidden])`).last().isVisible()), `${name} has no table`);
  }
  await page.goto(`${address}/notebooks/00-start-here.html`);
  await page.locator(".behind summary").first().press("Enter");
  check(await page.locator(".behind table").first().isVisible(), "the rows behind a figure do not unfold");
  check((await page.locator(".copy").count()) === 0, "a button to copy stands although it can do nothing");
  return faults;
}

function viewsOf(name, longest) {
  const all = Object.keys(VIEWS);
  if (!ALIKE.test(name) || longest.has(name)) return all;
  return [all[pages.indexOf(name) % all.length]];
}

const pages = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(SITE, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const size = (name) => statSync(join(SITE, name)).size;
const longest = new Set(["claims", "cities", "ja/cities"].map((kind) => pages.filter((name) => ALIKE.test(name) && name.startsWith(kind))
  .sort((a, b) => size(b) - size(a))[0]));
const folder = freshFolder("site");
const { server, address } = await serve(SITE);
const browser = await launch();
let good = true;
try {
  for (const name of pages) {
    const start = performance.now();
    const faults = [];
    const views = viewsOf(name, longest);
    for (const view of views) {
      const options = VIEWS[view];
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
    good = report(`${name} (${views.join(", ")})`, faults, (performance.now() - start) / 1000) && good;
  }
  for (const [said, tried, options] of [
    ["evidence by keyboard", explorer, VIEWS.light], ["lists by keyboard", lists, VIEWS.light],
    ["weights by keyboard", weights, VIEWS.light], ["publishers by keyboard", publishers, VIEWS.light],
    ["copying", copying, VIEWS.light], ["search by keyboard", search, VIEWS.light], ["without script", withoutScript, { javaScriptEnabled: false }],
  ]) {
    const start = performance.now();
    const opened = await openPage(browser, options);
    const faults = [...(await tried(opened.page, address)), ...opened.faults];
    await opened.context.close();
    good = report(said, faults, (performance.now() - start) / 1000) && good;
  }
} finally {
  await browser.close();
  server.close();
}
process.exitCode = good ? 0 : 1;
