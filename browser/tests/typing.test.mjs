// Keys under a Chinese input method, keys that were changed, letters that are switched off.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Review, corpus, done } from '../harness.mjs';

after(done);

const press_as = (review, init) => review.page.evaluate(init =>
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })), init);

test('an input method writes, and its keys are no commands', async () => {
  const review = await Review.open(corpus('story'));
  await review.go('rows?go=3');
  await press_as(review, { key: 'Process', code: 'KeyM', keyCode: 229 });
  await review.settle();
  assert.equal(review.events().at(-1).op, 'merge', 'the cap of the key counts');
  await review.press('Control+z', 'e');
  const rev = review.rev, cdp = await review.context.newCDPSession(review.page);
  await cdp.send('Input.imeSetComposition', { text: 'hedui', selectionStart: 5, selectionEnd: 5 });
  await press_as(review, { key: 'Enter', ctrlKey: true, keyCode: 229 });
  await press_as(review, { key: 'Escape', keyCode: 229 });
  assert.equal(await review.page.locator('textarea.write').count(), 1, 'still writing');
  await cdp.send('Input.insertText', { text: '核对' });
  await review.settle();
  assert.equal(review.rev, rev);
  await review.press('Control+Enter');
  assert.equal(review.events().at(-1).op, 'edit');
  assert.match(JSON.stringify(review.events().at(-1).text), /核对/);
  await press_as(review, { key: '？', code: 'Slash', keyCode: 191 });
  assert.equal(await review.page.locator('#help').isVisible(), true, 'a full-width mark is the mark');
  await review.close();
});

test('keys can be changed and letters switched off, and both are kept', async () => {
  const review = await Review.open(corpus('story'));
  await review.go('rows?go=3');
  await review.press('?');
  await review.page.locator('#help input[name=m]').first().click();
  await review.page.keyboard.press('z');
  await review.press('Escape', 'z');
  assert.equal(review.events().at(-1).op, 'merge');
  await review.go('rows?go=3');
  assert.equal(await review.page.locator('.keys kbd[data-k=m]').innerText(), 'Z');
  const rev = review.rev;
  await review.press('m');
  assert.equal(review.rev, rev, 'the old key does not');
  await review.press('?');
  await review.page.locator('#reset').click();
  await review.page.locator('#letters').uncheck();
  await review.press('Escape', 'm', 'c');
  assert.equal(review.rev, rev, 'letters are off');
  await review.press('ArrowDown', 'Enter');
  assert.equal(review.rev, rev + 1, 'Enter is no letter');
  await review.close();
});
