// Every operation by keyboard alone, then back to the start; a kill in between.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

const DOWN = n => Array(n).fill('ArrowDown');

/** Keys that make one event each, from wherever the one before left off. */
const ON_ROWS = [
  ['Enter'], ['Home', 'ArrowDown', 'c'], ['ArrowDown', 'q'], ['b'], ['m'], [...DOWN(2), 'Shift+M'],
  ['ArrowDown', 's', 'Enter'], [...DOWN(2), 'o'], [...DOWN(3), 'w'], [...DOWN(5), 'd'],
  [...DOWN(3), 'ArrowRight', 'u'], [...DOWN(3), 'Shift+Enter'], [...DOWN(3), 'Shift+D'], ['r'], ['ArrowDown', 'Shift+U'],
  ['ArrowDown', 'ArrowLeft', 'x', ...DOWN(2), 'Enter'],
];

/** Presses keys; they are one event. */
async function one_event(review, keys) {
  const before = review.rev;
  await review.press(...keys);
  const said = await review.page.locator('.toast,.event').allInnerTexts();
  assert.equal(review.rev, before + 1, `${keys.join(' ')}: ${said}`);
}

async function write(review, text, end) {
  await review.page.keyboard.type(text);
  await review.press(end);
}

test('every operation is undone to the start, across a kill', async () => {
  const review = await Review.open(corpus('contract'));
  const shown = async () => {
    const all = [];
    do await review.go('rows'); while (await review.page.locator('body').getAttribute('data-checking'));
    for (const [view, part] of [['rows', '#rows'], ['terms', '.tl'], ['findings', '.fl']]) {
      await review.go(view);
      all.push(await review.text(part));
    }
    return [...all, await review.tmx()];
  };
  const before = await shown();

  await review.go('rows');
  await review.press('Home');
  for (const keys of ON_ROWS) await one_event(review, keys);
  await review.press('ArrowDown', 'e');
  await write(review, ' 写 written', 'Control+Enter');
  await review.press('t');
  await review.page.keyboard.type('请核对 check this');
  await one_event(review, ['Tab', 'Enter']);
  // What the check found behind the last change is drawn in a little later.
  const other = await review.page.context().newPage();
  do await other.goto(`${review.origin}/d/0/rows`); while (await other.locator('body').getAttribute('data-checking'));
  const served = await other.locator('#rows').evaluate(e => e.textContent);
  await other.close();
  for (let waited = 0; waited < 20 && await review.text('#rows') !== served; waited += 1) await review.page.waitForTimeout(500);
  assert.equal(await review.text('#rows'), served, 'what was drawn step by step is what the server draws');

  await review.go('terms');
  for (const keys of [['a'], ['Shift+A'], ['f'], ['r'], ['ArrowUp', 'c'], [...DOWN(2), 'm', 'ArrowDown', 'Enter'], ['s', 'Enter']]) {
    await one_event(review, keys);
  }
  for (const [key, text] of [['e', '改'], ['b', 'law'], ['t', 'seen']]) {
    await review.press(key);
    const events = review.rev;
    await write(review, text, 'Enter');
    assert.equal(review.rev, events + 1, key);
  }
  await one_event(review, ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown', 'a']);
  assert.equal(review.events().at(-1).terms.length, 3, 'three terms in one event');

  const n_done = review.rev;
  assert.ok(n_done > 20, `${n_done} operations`);
  const on_the_way = await shown();
  await review.restart();
  assert.deepEqual(await shown(), on_the_way, 'the same after a kill');

  await review.go('findings');
  for (const keys of [['a'], ['ArrowUp', 'c'], ['f'], ['ArrowUp', 'c'], ['Shift+A']]) await one_event(review, keys);
  await review.press('ArrowRight', 'e');
  const events = review.rev;
  await write(review, ' Mended.', 'Control+Enter');
  assert.equal(review.rev, events + 1, 'written from the findings');

  for (let n = review.rev; n > 0; n--) await review.press('Control+z');
  assert.equal(await review.page.locator('#undo').isDisabled(), true);
  assert.deepEqual(await shown(), before, 'undone to the start');
  await review.press('Control+Shift+z', 'Control+y');
  assert.equal(await review.page.locator('.row,.t,.f').count() > 0, true);
  await review.close();
});

test('the other reading is taken with Y, and undone', async () => {
  const review = await Review.open(corpus('story'));
  await review.go('rows');
  const before = await review.text('#rows'), { page } = review;
  const offered = page.locator('.row:has(.other)').first();
  const key = await offered.getAttribute('data-key');
  assert.match(await offered.locator('.other').innerText(), /\d+ \/ 100/, 'with its share');
  await review.go(`rows?row=${key}`);
  await one_event(review, ['y']);
  const { op, beads } = review.events().at(-1);
  assert.equal(op, 'other');
  assert.notDeepEqual(beads.now.map(bead => bead.slice(0, 2)), beads.was.map(bead => bead.slice(0, 2)));
  assert.ok(beads.now.every(bead => bead[3] === 'corrected'), 'a person says so');
  assert.equal(await page.locator(`[data-key="${key}"] .other`).count(), 0, 'it is the reading now');
  await review.press('Control+z');
  await review.go('rows');
  assert.equal(await review.text('#rows'), before);
  await review.close();
});

test('words of both sides are marked in rows that were changed, and in what was written', async () => {
  const review = await Review.open(corpus('contract'));
  await review.go('rows?go=5');
  const marks = () => review.page.locator('.row.on m.num').allInnerTexts();
  const waited = async (is, what) => {
    for (let n = 0; n < 60 && !is(await marks()); n++) await review.page.waitForTimeout(250);
    assert.ok(is(await marks()), `${what}: ${await marks()}`);
  };
  for (const [side, text] of [['ArrowLeft', '本合同于2031年4月5日签订。'], ['ArrowRight', 'This contract was signed on 5 April 2031.']]) {
    await review.press(side, 'e', 'Control+a');
    await review.page.keyboard.type(text);
    await review.press('Control+Enter');
  }
  await waited(all => all.includes('2031年4月5日') && all.includes('5 April 2031'), 'what was written');
  await review.close();
});
