// All pairs of a folder, and a termbase without any text.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

test('the documents of a folder, each with what is left to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'));
  for (const name of ['story', 'contract']) {
    for (const [side, file] of [['zh', corpus(name)[0]], ['en', corpus(name)[1]]]) copyFileSync(file, join(folder, `${name}.${side}.txt`));
  }
  const review = await Review.open([folder], { ends: url => url.pathname === '/' });
  const rows = await review.page.locator('tbody tr').allInnerTexts();
  assert.deepEqual(rows.map(row => row.split(/\s/)[0]), ['contract', 'story']);
  await review.page.locator('.dl').nth(1).click();
  await review.page.waitForURL('**/d/1/');
  await review.press('2', 'Home', 'c');
  await review.page.goto(`${review.origin}/`);
  assert.match(await review.page.locator('tbody tr').nth(1).innerText(), /story\s+\d+\s+1\b/);
  assert.equal(readFileSync(join(review.out, 'story.review.jsonl'), 'utf8').trim().split('\n').length, 3);
  assert.equal(readFileSync(join(review.out, 'contract.review.jsonl'), 'utf8').trim().split('\n').length, 2);
  await review.close();
});

/** Waits until what is written behind the log is there. */
async function written(file, pattern) {
  for (let n = 0; n < 50 && !pattern.test(readFileSync(file, 'utf8')); n++) await new Promise(done => setTimeout(done, 100));
  assert.match(readFileSync(file, 'utf8'), pattern);
}

test('a termbase is decided on by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'termbase-')), file = join(folder, 'terms.csv');
  writeFileSync(file, 'concept,zh,en,status,confidence,zh_context,en_context\nferry,渡船,ferry,candidate,0.9,渡船半个月没有开。,The ferry did not run.\nclock,座钟,clock,candidate,0.4,,\nriver,河,river,accepted,0.7,,\n');
  const review = new Review();
  Object.assign(review, { out: folder, context_options: {}, problems: [], allowed: [], ends: '**/d/0/terms', command: ['glossary', 'review'] });
  await review.begin([file]);
  assert.deepEqual(await review.page.locator('.t .en').allInnerTexts(), ['ferry', 'river', 'clock']);
  assert.match(await review.text('#card'), /渡船半个月没有开。/);
  assert.equal(await review.page.locator('.tabs a').count(), 1, 'terms alone');
  await review.press('a', 'r');
  await written(file, /渡船,ferry,accepted/);
  assert.match(readFileSync(file, 'utf8'), /座钟,clock,rejected/);
  await review.press('Control+z');
  await written(file, /座钟,clock,candidate/);
  // Killed before it was written: the log has it, and the next run writes it.
  await review.press('r');
  review.command = ['review'];
  await review.restart();
  assert.equal(await review.page.locator('.t[data-st=no] .en').innerText(), 'clock');
  await written(file, /座钟,clock,rejected/);
  await review.close();
});
