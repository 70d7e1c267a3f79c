// Opens each notebook of build/lite, the collection without a server, runs all cells, and compares what they say.
// Usage: node lite.mjs [name ...]   Needs `make lite WHEELS=folder`; screenshots go to build/browser/lite.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT, compare, freshFolder, launch, openPage, report, serve } from "./browser.mjs";

const LITE = join(ROOT, "build", "lite");
const RUN_LIMIT = 600_000; // milliseconds that a notebook may take

// Runs in the page: waits for the kernel, clears every output, runs all cells, and gives the notebook back.
async function runAll() {
  const app = globalThis.jupyterapp;
  await app.restored;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
  let panel;
  while (!(panel = app.shell.currentWidget)?.sessionContext?.session?.kernel) await pause();
  await panel.context.ready;
  await panel.sessionContext.ready;
  await app.commands.execute("notebook:clear-all-cell-outputs");
  await app.commands.execute("notebook:run-all-cells");
  while (panel.sessionContext.session.kernel.status !== "idle") await pause();
  return panel.context.model.toJSON();
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
  for (const name of names) {
    const start = performance.now();
    const { page, context, faults } = await openPage(browser, { viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(RUN_LIMIT);
    try {
      await page.goto(`${address}/lab/index.html?path=notebooks/${name}`);
      await page.waitForFunction(() => globalThis.jupyterapp);
      const ran = await Promise.race([
        page.evaluate(runAll),
        page.waitForTimeout(RUN_LIMIT).then(() => { throw new Error(`still running after ${RUN_LIMIT / 1000} s`); }),
      ]);
      faults.push(...compare(ran, JSON.parse(readFileSync(join(ROOT, "notebooks", name), "utf8"))));
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
