// Ten thousand rows: usable, and how fast is printed.
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, done, ended, most_memory } from '../harness.mjs';

after(done);

const N = 10_000;
const median = all => all.sort((a, b) => a - b)[all.length >> 1];

test('ten thousand rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'long-'));
  const lines = text => Array.from({ length: N }, (_, n) => text(n)).join('\n') + '\n';
  writeFileSync(join(folder, 'zh.txt'), lines(n => `第${n}号仓库本月收到${n * 7 + 3}箱茶叶，管理员在登记簿上写明了日期和重量。`));
  // Every hundredth line is of something else: a row to look at.
  writeFileSync(join(folder, 'en.txt'), lines(n => n % 100 === 57 ? 'Rain.'
    : `Warehouse No. ${n} received ${n * 7 + 3} boxes of tea this month, and the keeper entered the date and the weight in the register.`));
  const files = ['zh.txt', 'en.txt'].map(file => join(folder, file));
  // What it takes to align, and how much longer it is to the first byte of the page.
  const align = await ended([...files, '--lines', '--write', 'jsonl', '--quiet', '--out', join(folder, 'out')]);
  const review = await Review.open([...files, '--lines']);
  console.log(`# aligned after ${align.ms} ms, the first byte of the page after ${review.first_byte} ms`);
  const { page } = review, times = {};
  const timed = async (name, act) => { const at = performance.now(); await act(); (times[name] ??= []).push(performance.now() - at); };
  for (let n = 0; n < 3; n++) {
    await timed('first rows visible', async () => { await page.goto(`${review.origin}/d/0/rows?go=${1 + n * 300}`); await page.locator('.row').first().waitFor(); });
  }
  await review.settle();
  assert.equal(await page.locator('.row').count(), 300);
  // From a key to the end of the first frame that shows its effect, as the page sees it: what the
  // test itself takes to ask is none of it.
  const until = async (name, key, effect, arg) => {
    const is_there = await page.evaluateHandle(`(${effect})`);
    await page.evaluate(([is_there, arg]) => {
      const { promise, resolve } = Promise.withResolvers();
      window.took = promise;
      addEventListener('keydown', ({ timeStamp }) => {
        const shown = () => setTimeout(() => resolve(performance.now() - timeStamp));
        const look = () => requestAnimationFrame(is_there(arg) ? shown : look);
        look();
      }, { capture: true, once: true });
    }, [is_there, arg]);
    await page.keyboard.press(key);
    (times[name] ??= []).push(await page.evaluate(() => window.took));
  };
  const at = () => page.locator('.row.on').getAttribute('data-key');
  await review.go('rows');
  for (let n = 0; n < 5; n++) {
    const key = await at();
    await until('ArrowDown', 'ArrowDown', k => document.querySelector('.row.on')?.dataset.key !== k, key);
    const row = await at();
    await until('Enter', 'Enter', k => document.getElementById('r' + k)?.dataset.st === 'ok', row);
    await review.settle();
    const rows = await page.locator('.row').count();
    await until('M', 'm', n => document.querySelectorAll('.row').length < n, rows);
    await review.settle();
    await until('Ctrl Z', 'Control+z', n => document.querySelectorAll('.row').length >= n, rows);
    await review.settle();
  }
  for (let n = 0; n < 3; n++) {
    await review.go('rows?go=1');
    const key = await at();
    await until('N', 'n', k => document.querySelector('.row.on')?.dataset.key !== k, key);
  }
  await review.go('rows');
  await timed('/', async () => { await page.keyboard.press('/'); await page.keyboard.type('9998'); await page.keyboard.press('Enter'); await page.waitForURL('**q=9998*'); await page.locator('.row').first().waitFor(); });
  // Two hundred rows between two that are confirmed; they are right as they are.
  review.allowed.push(/status of 422/);
  for (const n of [1001, 1202]) { await review.go(`rows?go=${n}`); await review.press('c'); }
  await review.press('ArrowUp');
  for (let n = 0; n < 3; n++) {
    await page.evaluate(() => document.querySelector('.toast')?.remove());
    await until('R at 200 rows', 'r', () => document.querySelector('.toast'));
  }
  for (const [name, all] of Object.entries(times)) console.log(`# ${name}: ${Math.round(median(all))} ms`);
  const size = (await (await page.request.get(`${review.origin}/d/0/rows`)).body()).length;
  console.log(`# a page of 300 rows: ${Math.round(size / 1024)} KB`);
  console.log(`# most memory: ${most_memory(review.run.child)} MB, to align alone ${align.mb} MB`);
  await review.close();
});
