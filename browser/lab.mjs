// Opens each notebook in JupyterLab, runs all cells through the menu, and looks at what comes out.
// Usage: node lab.mjs [name ...]   Works on a copy; screenshots go to build/browser/lab.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT, codeCells, compare, freshFolder, launch, openPage, report } from "./browser.mjs";

const PYTHON = join(ROOT, ".venv", "bin", "python");
const WORKSPACE = "default-37a8.jupyterlab-workspace";
const RUN_LIMIT = 300_000; // milliseconds that a notebook may take

const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

async function startLab(folder) {
  const token = randomBytes(16).toString("hex");
  const port = await freePort();
  const own = (name) => join(folder, "jupyter", name);
  mkdirSync(own("workspaces"), { recursive: true });
  const log = openSync(join(folder, "jupyterlab.log"), "w");
  const args = ["-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", `--port=${port}`, "--ServerApp.port_retries=0",
    `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${join(folder, "work")}`];
  if (process.getuid?.() === 0) args.push("--allow-root");
  const server = spawn(PYTHON, args, {
    cwd: join(folder, "work"),
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      JUPYTER_PREFER_ENV_PATH: "1",
      JUPYTER_CONFIG_PATH: join(ROOT, "tools", "lab"),
      JUPYTER_CONFIG_DIR: own("config"),
      JUPYTER_DATA_DIR: own("data"),
      JUPYTER_RUNTIME_DIR: own("runtime"),
      JUPYTERLAB_SETTINGS_DIR: own("settings"),
      JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
      IPYTHONDIR: own("ipython"),
    },
  });
  const address = `http://127.0.0.1:${port}`;
  const ask = (path, options) => fetch(`${address}${path}`, { ...options, headers: { authorization: `token ${token}` } });
  for (let tries = 0; ; tries += 1) {
    if (server.exitCode !== null || tries > 120) {
      server.kill();
      throw new Error(`JupyterLab did not start; see ${join(folder, "jupyterlab.log")}`);
    }
    const answer = await ask("/api/status").catch(() => null);
    if (answer?.ok) return { server, address, token, ask, workspaces: own("workspaces") };
    await sleep(500);
  }
}

async function choose(page, menu, command) {
  await page.locator(".lm-MenuBar-itemLabel", { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator(`.lm-Menu-item[data-command="${command}"]`).click();
}

const idle = (page) => page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
  .waitFor({ state: "attached", timeout: RUN_LIMIT });
async function runAll(page, file) {
  // The indicator says idle before there is a kernel; only the status bar tells the two apart.
  await page.locator("#jp-main-statusbar", { hasText: "Python 3 (ipykernel) | Idle" }).waitFor({ timeout: RUN_LIMIT });
  await idle(page);
  await choose(page, "Run", "runmenu:run-all");
  const limit = Date.now() + RUN_LIMIT;
  for (;;) {
    await sleep(700);
    await idle(page);
    await choose(page, "File", "docmanager:save");
    await sleep(700);
    const saved = JSON.parse(readFileSync(file, "utf8"));
    const failed = saved.cells.some((cell) => (cell.outputs ?? []).some((one) => one.output_type === "error"));
    if (failed || codeCells(saved).every((cell) => cell.execution_count) || Date.now() > limit) return saved;
  }
}

function cleared(path, target) {
  const notebook = JSON.parse(readFileSync(path, "utf8"));
  for (const cell of notebook.cells) if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  writeFileSync(target, JSON.stringify(notebook));
}

async function look(page, name, folder) {
  const faults = [];
  if (!(await page.locator(".jp-TableOfContents-content .jp-tocItem").first().isVisible())) faults.push("no table of contents");
  await page.locator(".jp-TableOfContents-content .jp-tocItem-content").first().click();
  await sleep(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  const headings = page.locator(".jp-TableOfContents-content .jp-tocItem-content");
  const figure = page.locator(".jp-RenderedImage img").first();
  for (let place = 1; place < (await headings.count()) && !(await figure.count()); place += 1) {
    await headings.nth(place).click();
    await sleep(400);
  }
  if (!(await figure.count())) return [...faults, "no figure is shown"];
  await figure.scrollIntoViewIfNeeded();
  await sleep(300);
  if (!(await figure.evaluate((image) => image.naturalWidth))) faults.push("a figure is broken");
  await page.screenshot({ path: join(folder, `${name}-figure.png`) });
  return faults;
}

const all = readdirSync(join(ROOT, "notebooks")).filter((name) => name.endsWith(".ipynb")).sort();
const wanted = process.argv.slice(2);
const names = wanted.length ? all.filter((name) => wanted.some((one) => name.startsWith(basename(one, ".ipynb")))) : all;
if (!names.length) throw new Error(`no notebook is named like ${wanted.join(", ")}; there are ${all.join(", ")}`);
const folder = freshFolder("lab");
mkdirSync(join(folder, "work", "notebooks"), { recursive: true });
for (const name of ["README.md", "data"]) cpSync(join(ROOT, name), join(folder, "work", name), { recursive: true });
const lab = await startLab(folder);
const browser = await launch();
let good = true;
try {
  for (const name of names) {
    const start = performance.now();
    const file = join(folder, "work", "notebooks", name);
    cleared(join(ROOT, "notebooks", name), file);
    copyFileSync(join(ROOT, "tools", "lab", "workspaces", WORKSPACE), join(lab.workspaces, WORKSPACE));
    const { page, context, faults } = await openPage(browser, { viewport: { width: 1360, height: 900 } });
    try {
      await page.goto(`${lab.address}/lab/tree/notebooks/${name}?token=${lab.token}`);
      const saved = await runAll(page, file);
      faults.push(...compare(saved, JSON.parse(readFileSync(join(ROOT, "notebooks", name), "utf8"))));
      faults.push(...(await look(page, basename(name, ".ipynb"), folder)));
    } catch (error) {
      faults.push(error.message.split("\n")[0]);
      await page.screenshot({ path: join(folder, `${basename(name, ".ipynb")}-failed.png`) });
    }
    await context.close();
    for (const session of await (await lab.ask("/api/sessions")).json()) {
      await lab.ask(`/api/sessions/${session.id}`, { method: "DELETE" });
    }
    good = report(name, faults, (performance.now() - start) / 1000) && good;
  }
} finally {
  await browser.close();
  lab.server.kill("SIGTERM");
}
process.exitCode = good ? 0 : 1;
