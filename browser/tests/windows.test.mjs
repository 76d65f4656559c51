// Two windows, a program that is gone, a disk that is full.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

test('the second of two windows on one row is told, and sees what is', async () => {
  const review = await Review.open(corpus('story'));
  review.allowed.push(/status of 40[49]/);
  const second = await review.window();
  // A window that did not hear of the change.
  await second.addInitScript(() => { window.BroadcastChannel = class { postMessage() {} }; });
  await second.route('**/since/*', route => route.fulfill({ status: 404 }));
  await review.go('rows?go=3');
  await review.go('rows?go=3', second);
  await review.press('m');
  const rev = review.rev;
  await second.keyboard.press('m');
  await review.settle(second);
  assert.equal(review.rev, rev, 'nothing was done');
  assert.match(await second.locator('.event').innerText(), /another window/);
  const rows = page => page.locator('.row').evaluateAll(all => all.slice(0, 8).map(row => row.textContent));
  await second.waitForTimeout(100);
  assert.deepEqual(await rows(second), await rows(review.page));
  await review.close();
});

test('what one window does the other shows', async () => {
  const review = await Review.open(corpus('story'));
  const second = await review.window();
  await review.go('rows');
  await review.go('rows', second);
  await review.press('Home', 'c');
  await second.waitForTimeout(300);
  assert.equal(await second.locator('.row').first().getAttribute('data-st'), 'ok');
  await review.close();
});

test('decisions wait while the program is gone', async () => {
  const review = await Review.open(corpus('story'));
  review.allowed.push(/ERR_CONNECTION_REFUSED/);
  await review.go('rows');
  await review.press('Home');
  await review.end('SIGINT');
  await review.press('c');
  assert.match(await review.page.locator('.event').innerText(), /Nothing is lost/);
  await review.press('ArrowDown', 'c');
  assert.match(await review.text('#saved'), /2 decisions wait/);
  await review.context.close();
  await review.close();
});

test('a disk that is full is told, and the decision is made when it is not', async () => {
  // Files of this process may not grow, and it is told so instead of being killed.
  const wrap = ['bash', '-c', 'trap "" XFSZ; exec "$@"', 'bash'];
  const review = await Review.open(corpus('story'), { wrap });
  review.allowed.push(/status of 500/);
  await review.go('rows');
  await review.press('Home');
  const limit = size => execFileSync('prlimit', ['--pid', String(review.run.child.pid), `--fsize=${size}:`]);
  limit(statSync(join(review.out, review.log)).size);
  await review.press('c', 'ArrowDown', 'c');
  assert.equal(review.rev, 0);
  assert.equal(await review.page.locator('.row[data-st=ok]').count(), 0, 'not shown as done');
  assert.match(await review.page.locator('.event').innerText(), /could not be saved/);
  const [download] = await Promise.all([review.page.waitForEvent('download'), review.page.locator('.event a').click()]);
  assert.match(download.suggestedFilename(), /review\.jsonl$/);
  limit('unlimited');
  await review.page.waitForTimeout(5500);
  await review.settle();
  assert.equal(review.rev, 2, 'tried again by itself');
  assert.equal(await review.page.locator('.row[data-st=ok]').count(), 2);
  assert.equal(await review.page.locator('.event').count(), 0);
  await review.close();
});
