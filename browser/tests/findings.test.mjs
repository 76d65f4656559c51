// What a finding says, and what becomes of it when it is mended.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, done } from '../harness.mjs';

after(done);

const ZH = '第一条 学徒每日清扫工场。\n\n第二条 学徒应当在30日内学会磨刀，并向师傅展示12把刀。\n\n第三条 师傅每月发给学徒5斤米。\n';
const EN = 'Article 1 The apprentice sweeps the workshop every day.\n\nArticle 2 The apprentice shall learn to grind knives within 20 days and show the master 12 knives.\n\nArticle 3 The master gives the apprentice 6 jin of rice every month.\n';

test('a finding is mended where it is told, and stays until the page is loaded anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'findings-'));
  const files = [['zh.txt', ZH], ['en.txt', EN]].map(([name, text]) => { const path = join(folder, name); writeFileSync(path, text); return path; });
  const review = await Review.open(files);
  await review.go('rows');
  const bad = await review.page.locator('.row.bad').count();
  assert.ok(bad > 0);
  await review.go('findings');
  const n = await review.page.locator('.f').count();
  assert.equal(n, 2);
  assert.match(await review.text('.f.on'), /30.* in the Chinese, 20.* in the English/i);
  await review.press('e', 'Control+a');
  await review.page.keyboard.type('Article 2 The apprentice shall learn to grind knives within 30 days and show the master 12 knives.');
  await review.press('Control+Enter');
  assert.equal(review.events().at(-1).op, 'edit');
  await review.page.locator('.f[data-st=mended]').waitFor({ timeout: 15_000 });
  assert.match(await review.text('.f[data-st=mended]'), /mended/);
  assert.equal(await review.page.locator('.f').count(), n, 'it is still there');
  assert.equal(await review.text('[data-n=findings]'), String(n - 1));
  await review.press('ArrowDown', 'a');
  await review.go('findings?ui=zh');
  assert.equal(await review.page.locator('.f').count(), n - 1, 'and gone with the page');
  assert.equal(await review.page.locator('.f[data-st=ok]').count(), 1, 'the other kept its decision');
  assert.match(await review.text('.f'), /中文为 5.*英文为 6/);
  await review.go('rows');
  await review.press('Control+z', 'Control+z');
  await review.page.waitForFunction(() => document.querySelector('[data-n=findings]').textContent === '2', null, { timeout: 15_000 });
  assert.equal(await review.page.locator('.row.bad').count(), bad, 'the rows say so again');
  await review.close();
});
