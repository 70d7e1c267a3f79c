// Opens each notebook of build/lite, the collection without a server, runs all cells, and compares what they say.
// Usage: node lite.mjs [name ...]   Needs `make lite WHEELS=folder`; screenshots go to build/browser/lite.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT, compare, freshFolder, launch, openPage, report, serve } from "./browser.mjs";

const LITE = join(ROOT, "build", "lite");
const RUN_LIMIT = 600_000; // milliseconds that a notebook may take

// The first picture of a page finds no list of fonts, and matplotlib says that it makes one.
const FONTS = /^Matplotlib is building the font cache; this may take a moment\.\s*$/;
const withoutFonts = (notebook) => {
  for (const cell of notebook.cells) cell.outputs = cell.outputs?.filter((one) => !(one.name === "stderr" && FONTS.test(one.text)));
  return notebook;
};

// Runs in the page: waits for the kernel, clears every output, runs all cells, and gives the notebook back.
async function runAll(limit) {
  const app = globalThis.jupyterapp;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
  const status = () => app.shell.currentWidget?.sessionContext?.session?.kernel?.status;
  async function work() {
    await app.restored;
    while (status() !== "idle") await pause();
    await app.commands.execute("notebook:clear-all-cell-outputs");
    await app.commands.execute("notebook:run-all-cells");
    while (status() !== "idle") await pause();
    return app.shell.currentWidget.context.model.toJSON();
  }
  const late = new Promise((_, stop) => setTimeout(() => stop(new Error(`still at work after ${limit / 1000} s`)), limit));
  return Promise.race([work(), late]);
}

// What is wrong with what a phone shows: the notebook fills it, with a saved picture before the kernel is there.
async function narrow(browser, address, name) {
  const { page, context, faults } = await openPage(browser, { viewport: { width: 390, height: 844 }, serviceWorkers: "allow" });
  await page.goto(`${address}/lab/index.html?path=notebooks/${name}`);
  await page.waitForSelector(".jp-OutputArea img", { state: "attached", timeout: 120_000 });
  await page.waitForFunction(() => globalThis.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === "idle", null,
    { timeout: RUN_LIMIT });
  const share = await page.evaluate(() => document.querySelector(".jp-Notebook").getBoundingClientRect().width / innerWidth);
  if (share < 0.7) faults.push(`the notebook has ${Math.round(share * 100)} % of a phone's width`);
  await page.screenshot({ path: join(folder, `${basename(name, ".ipynb")}-narrow.png`) });
  await context.close();
  return faults;
}

if (!existsSync(LITE)) throw new Error("there is no build/lite; make lite WHEELS=folder builds it, and says where the folder comes from");
const all = readdirSync(join(LITE, "files", "notebooks")).filter((name) => name.endsWith(".ipynb")).sort();
const wanted = process.argv.slice(2);
const names = wanted.length ? all.filter((name) => wanted.some((one) => name.startsWith(basename(one, ".ipynb")))) : all;
if (!names.length) throw new Error(`no notebook is named like ${wanted.join(", ")}; there are ${all.join(", ")}`);
const folder = freshFolder("lite");
const { server, address } = await serve(LITE);
const browser = await launch();
let good = true;
try {
  const opened = performance.now();
  good = report(`${names[0]} on a phone`, await narrow(browser, address, names[0]), (performance.now() - opened) / 1000);
  for (const name of names) {
    const start = performance.now();
    const { page, context, faults } = await openPage(browser, { viewport: { width: 1360, height: 900 }, serviceWorkers: "allow" });
    try {
      await page.goto(`${address}/lab/index.html?path=notebooks/${name}`);
      await page.waitForFunction(() => globalThis.jupyterapp, null, { timeout: 60_000 });
      const ran = withoutFonts(await page.evaluate(runAll, RUN_LIMIT));
      faults.push(...compare(ran, JSON.parse(readFileSync(join(LITE, "files", "notebooks", name), "utf8"))));
    } catch (error) {
      faults.push(error.message.split("\n")[0]);
    }
    await page.screenshot({ path: join(folder, `${basename(name, ".ipynb")}.png`) });
    await context.close();
    good = report(name, faults, (performance.now() - start) / 1000) && good;
  }
} finally {
  await browser.close();
  server.close();
}
process.exitCode = good ? 0 : 1;
