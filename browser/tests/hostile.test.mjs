// Texts, names and notes that want to be more than text.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, done } from '../harness.mjs';

after(done);

const EVIL = '<script>alert(1)</script> ]]> "><img src=//evil.example/x onerror=alert(2)> \u202Edcba';

test('hostile text is shown and never obeyed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const word = 'w'.repeat(1 << 20);
  const zh = join(folder, '"><img src=x onerror=alert(3)>.zh.txt'), en = join(folder, '"><img src=x onerror=alert(3)>.en.txt');
  writeFileSync(zh, `一、坏人写道 ${EVIL}\n\n二、好人没有写。\n\n三、长词 很长\n\n四、信托基金。\n\n五、信托基金。\n`);
  writeFileSync(en, `1. The villain wrote ${EVIL}\n\n2. The good man wrote nothing.\n\n3. A long word ${word}\n\n4. Trust fund.\n\n5. Trust fund.\n`);
  const review = await Review.open([zh, en]);
  await review.go('rows');
  await review.press('Home', 't');
  await review.page.keyboard.type(EVIL.slice(0, 90));
  await review.press('Tab', 'Enter');
  await review.press('Home', 'e');
  await review.page.keyboard.type(EVIL.slice(0, 90));
  await review.press('Control+Enter');
  // The long word and what stands beside it are no pair by themselves.
  await review.go('rows?go=3');
  await review.press('m');
  await review.go('terms');
  if (await review.page.locator('.t').count()) {
    await review.press('e');
    await review.page.keyboard.type(EVIL.slice(0, 90));
    await review.press('Enter');
  }
  for (const view of ['', 'rows', 'terms', 'findings', `rows?q=${encodeURIComponent(EVIL)}&filter="><b>`, 'rows?go="><script>']) {
    await review.go(view);
    assert.equal(await review.page.locator('img').count(), 0, view);
    assert.equal(await review.page.locator('script').count(), 1, view);
  }
  await review.go('rows');
  assert.ok((await review.text('#rows')).includes('<script>alert(1)</script>'), 'as text');
  assert.ok(await review.page.locator('.ctl').count() > 0, 'what turns the line is told by its name');
  assert.ok((await review.page.content()).length < 400_000, 'a long word is cut short');
  assert.ok((await review.tmx()).includes('w'.repeat(1 << 20)), 'and taken away whole');
  await review.close();
});
