// Nothing that axe-core knows stands in the way of anybody, in any view and theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function look(review, name) {
  await review.page.evaluate(axe); // from outside: the page lets no foreign script in
  const { violations } = await review.page.evaluate(tags => window.axe.run(document, { runOnly: tags }), RULES);
  const told = violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], name);
}

test('no view has a fault of access', async () => {
  const review = await Review.open(corpus('contract'));
  // Something of everything.
  await review.go('rows');
  await review.press('Home', 'Enter', 'q', 'ArrowDown', 'm', 'ArrowDown', 'b');
  await review.go('terms');
  await review.press('a', 'r', 'f', 'Space', 'e');
  for (const theme of ['light', 'dark']) {
    for (const ui of ['en', 'zh']) {
      for (const view of ['', 'rows', 'terms', 'findings']) {
        await review.go(`${view}?ui=${ui}&theme=${theme}`);
        await look(review, `${view} ${ui} ${theme}`);
      }
    }
    await review.go(`rows?theme=${theme}`);
    await review.press('?');
    await look(review, `keys ${theme}`);
    await review.press('Escape', 's');
    await look(review, `splitting ${theme}`);
    await review.press('Escape');
  }
  await review.close();
});

test('every key has a button', async () => {
  const review = await Review.open(corpus('story'));
  for (const [view, needed] of [['rows', 'CQBMSDUOWXE'], ['terms', 'ARFCM'], ['findings', 'AFCE']]) {
    await review.go(view);
    const keys = await review.page.locator('button kbd, .acts kbd, .tedit kbd, .vars kbd').allInnerTexts();
    if (view === 'findings' && keys.length === 0) continue;
    for (const key of needed) assert.ok(keys.includes(key), `${view}: ${key} of ${keys}`);
  }
  await review.close();
});

test('without script one can read, filter, confirm and decide', async () => {
  const review = await Review.open(corpus('contract'));
  const plain = await (await review.page.context().browser()).newContext({ javaScriptEnabled: false, storageState: await review.context.storageState() });
  const page = await plain.newPage();
  await page.goto(`${review.origin}/d/0/rows`);
  await page.locator('.row .st').nth(1).click();
  await page.waitForURL('**row=*');
  assert.equal(await page.locator('.row[data-st=ok]').count(), 1, 'confirmed');
  await page.locator('.chip').nth(1).click();
  await page.waitForURL('**filter=look*');
  assert.ok(await page.locator('.row').count() < 101);
  await page.locator('#find').fill('合同');
  await page.locator('#find').press('Enter');
  await page.waitForURL('**q=*');
  await page.goto(`${review.origin}/d/0/terms`);
  await page.locator('#card .b.p').click();
  await page.waitForURL('**term=*');
  assert.equal(review.events().at(-1).op, 'accept');
  await plain.close();
  await review.close();
});
