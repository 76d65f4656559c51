// A review that an older version began: it goes on as it is, and is aligned anew if one wants.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

test('a review of an older version is aligned anew when that is asked for', async () => {
  const review = await Review.open(corpus('contract'));
  const n_rows = +await review.text('[data-n=rows]');
  await review.go('rows?go=40');
  await review.press('c');
  const confirmed = await review.page.locator('.row.on').evaluate(row => row.textContent);
  await review.go('');
  assert.equal(await review.page.locator('form[action=anew]').count(), 0, 'of this version nothing is offered');
  await review.end('SIGINT');
  // As if an older version had laid the first two beads together.
  const path = join(review.out, review.log), [head, base, ...rest] = readFileSync(path, 'utf8').split('\n');
  const old = JSON.parse(base), [one, two, ...others] = old.base.beads;
  old.base.beads = [[one[0] + two[0], one[1] + two[1], 0.9], ...others];
  writeFileSync(path, [JSON.stringify({ ...JSON.parse(head), by: 'align 0.0.1' }), JSON.stringify(old), ...rest].join('\n'));
  await review.context.close();
  await review.begin([path]);
  const { page } = review;
  assert.equal(+await review.text('[data-n=rows]'), n_rows - 1, 'it stays as it was');
  await page.locator('form[action=anew] button').click();
  await page.waitForFunction(n => document.querySelector('[data-n=rows]')?.textContent === String(n), n_rows, { timeout: 20_000 });
  await review.settle();
  assert.equal(await page.locator('form[action=anew]').count(), 0, 'done');
  await review.go('rows?go=40');
  assert.equal(await page.locator('.row[data-st=ok]').count(), 1);
  assert.equal(await page.locator('.row[data-st=ok]').evaluate(row => row.textContent), confirmed, 'what was confirmed stays');
  await review.restart();
  assert.equal(+await review.text('[data-n=rows]'), n_rows);
  assert.equal(await review.page.locator('form[action=anew]').count(), 0, 'and it is of this version');
  await review.close();
});
