// The review page in a browser: every operation by keyboard, then undone to the start; a kill;
// a second window; no script; both languages and themes as pictures.
//
//   npm install && CHROMIUM=/usr/bin/chromium node review.mjs ../target/debug/align ../corpora/contract pictures/
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [, , program = '../target/debug/align', corpus = '../corpora/contract', pictures] = process.argv;
const out = mkdtempSync(join(tmpdir(), 'review-'));
const texts = readdirSync(corpus).filter(f => /^(zh|en)\./.test(f)).sort().reverse().map(f => join(corpus, f));

// The program, and the address that it tells.
function start(args) {
  const child = spawn(program, ['review', ...args, '--no-open'], { stdio: ['ignore', 'inherit', 'pipe'] });
  const address = new Promise((resolve, reject) => {
    let told = '';
    child.stderr.on('data', d => { told += d; const a = told.match(/http:\S+key=\w+/); if (a) resolve(a[0]); });
    child.on('exit', () => reject(new Error(told)));
  });
  return { child, address };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});
const problems = [];
function watch(page, origin) {
  page.on('console', m => { if (m.type() === 'error' && !/409|422/.test(m.text())) problems.push(m.text()); });
  page.on('pageerror', e => problems.push(e.message));
  page.on('request', r => { if (!r.url().startsWith(origin) && !r.url().startsWith('data:')) problems.push('request ' + r.url()); });
}
async function enter(run, options = {}) {
  const address = await run.address, origin = new URL(address).origin;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  watch(page, origin);
  await page.goto(address); await page.waitForURL('**/d/0/');
  return { context, page, origin };
}

let run = start([...texts, '--out', out]);
let { context, page, origin } = await enter(run);

if (pictures) {
  mkdirSync(pictures, { recursive: true });
  for (const [ui, theme] of [['en', 'light'], ['en', 'dark'], ['zh', 'light'], ['zh', 'dark']]) {
    for (const [name, path] of [['overview', ''], ['alignment', 'rows'], ['terms', 'terms'], ['findings', 'findings']]) {
      await page.goto(`${origin}/d/0/${path}?ui=${ui}&theme=${theme}`); await page.waitForTimeout(400);
      await page.screenshot({ path: join(pictures, `${name}-${ui}-${theme}.png`) });
    }
  }
  await page.goto(`${origin}/d/0/rows?ui=en&theme=light`);
}

// --- every operation by keyboard, then back to the start
await page.goto(`${origin}/d/0/rows`);
const shown = () => page.locator('#rows').innerText();
const tmx = async () => (await (await page.request.get(`${origin}/d/0/export/tmx`)).text());
const settle = async () => { await page.waitForTimeout(250); };
const press = async (...keys) => { for (const k of keys) { await page.keyboard.press(k); await settle(); } };
const rev = () => page.evaluate(() => fetch('/d/0/rows').then(r => r.text()).then(t => +t.match(/data-rev="(\d+)"/)[1]));
await press('Home');
const before = [await shown(), await tmx()];
const steps = [
  ['Enter'], ['ArrowDown', 'c'], ['ArrowDown', 'q'], ['b'], ['m'], ['ArrowDown', 'ArrowDown', 'Shift+M'], ['ArrowDown', 's', 'Enter'],
  ['ArrowDown', 'ArrowDown', 'o'], ['ArrowDown', 'ArrowDown', 'ArrowDown', 'w'], ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'd'], ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'u'],
  ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+D'], ['Shift+U'], ['ArrowDown', 'ArrowLeft', 'x', 'ArrowDown', 'ArrowDown', 'Enter'],
  ['ArrowDown', 'ArrowDown', 'Shift+Enter'],
];
let n = await rev();
for (const keys of steps) {
  const was = n;
  await press(...keys);
  n = await rev();
  assert.equal(n, was + 1, `${keys.join(' ')} is one event`);
}
await press('ArrowDown', 'e');
await page.keyboard.type(' 写 written'); await press('Control+Enter');
assert.equal(await rev(), n += 1, 'e is one event');
// What the page drew step by step is what the server would draw.
const drawn = await shown();
await page.reload(); await settle();
assert.equal(await shown(), drawn, 'the page as it was drawn step by step');

// --- killed, and on it goes; undo reaches across
run.child.kill('SIGKILL'); await context.close();
const log = readdirSync(out).find(f => f.endsWith('.review.jsonl'));
run = start([join(out, log)]);
({ context, page, origin } = await enter(run));
await page.goto(`${origin}/d/0/rows`); await settle();
assert.equal(await shown(), drawn, 'the same rows after a kill');
for (let i = 0; i <= steps.length; i++) await press('Control+z');
await page.waitForTimeout(400);
assert.equal(await page.locator('#undo').isDisabled(), true);
assert.deepEqual([await shown(), await tmx()], before, 'undone to the start');

// --- the cap of a key counts where an input method has the letters; a composition is no command
await press('Home');
n = await rev();
await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyM', keyCode: 229, bubbles: true })));
await settle();
assert.equal(await rev(), n += 1, 'KeyM merges');
await press('e');
await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, keyCode: 229, bubbles: true })));
await settle();
assert.equal(await page.locator('textarea.write').count(), 1, 'a composition does not save');
await press('Escape', 'Control+z');

// --- a second window on the same row
const second = await context.newPage(); watch(second, origin);
await page.goto(`${origin}/d/0/rows?go=3`); await second.goto(`${origin}/d/0/rows?go=3`);
await settle();
await second.evaluate(() => { window.BroadcastChannel = class {}; });
await page.keyboard.press('m'); await settle();
const other = await second.request.post(`${origin}/d/0/rows/x/merge`, { data: {} }).then(r => r.status());
assert.ok(other >= 400);
await page.keyboard.press('Control+z'); await settle();
await second.close();

// --- terms and findings
await page.goto(`${origin}/d/0/terms`); await settle();
n = await rev();
await press('a', 'r', 'f');
assert.equal(await rev(), n + 3, 'three terms, three keys');
const terms = readFileSync(join(out, log.replace('.review.jsonl', '.terms.csv')), 'utf8');
for (const status of ['accepted', 'rejected', 'forbidden']) assert.ok(terms.includes(status), status);
await press('Control+z', 'Control+z', 'Control+z');
await page.goto(`${origin}/d/0/findings`); await settle();
n = await rev();
if (await page.locator('.f').count()) { await press('a'); assert.equal(await rev(), n + 1); await press('Control+z'); }

// --- without script
const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
const still = await plain.newPage();
await still.goto(`${origin}/d/0/rows`);
await still.locator('.row .st').nth(1).click();
await still.waitForURL('**row=*');
assert.equal(await still.locator('.row[data-st=ok]').count(), 1, 'confirmed without script');
await still.locator('.row[data-st=ok] .st').click();
await plain.close();

// --- the program is gone: nothing is lost, and it says so
await page.goto(`${origin}/d/0/rows`); await settle();
run.child.kill('SIGINT'); await page.waitForTimeout(600);
const heard = problems.length;
await page.keyboard.press('c'); await page.waitForTimeout(500);
assert.equal(await page.locator('.event').count(), 1, 'a bar says that it is gone');
problems.length = heard;
await browser.close();
assert.deepEqual(problems, [], 'the console is silent, and no request leaves');
console.log(`ok: ${steps.length + 1} operations, undo across a kill, ${problems.length} problems`);
process.exit(0);
