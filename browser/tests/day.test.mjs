// A person's day: a hundred candidates and ten wrong rows, in few keys.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, corpus, done, root } from '../harness.mjs';

after(done);

test('a hundred candidates are decided with at most 110 keys', async () => {
  const review = await Review.open(corpus('contract'));
  await review.go('terms');
  const wanted = new Map();
  const names = { a: 'accepted', r: 'rejected', f: 'forbidden' };
  let n_keys = 0;
  for (let n = 0; n < 100; n++) {
    const key = 'aaraafarra'[n % 10];
    const [zh, en] = await review.page.locator('.t.on').evaluate(t => [...t.querySelectorAll('p')].map(p => p.firstChild.data));
    assert.ok(!wanted.has(`${zh} = ${en}`), `${zh} = ${en} comes once`);
    wanted.set(`${zh} = ${en}`, names[key]);
    await review.press(key);
    n_keys += 1;
  }
  assert.ok(n_keys <= 110, `${n_keys} keys`);
  console.log(`# 100 candidates: ${n_keys} keys`);
  const [head, ...rows] = review.file('.terms.csv').replace(/^\uFEFF/, '').trim().split(/\r?\n/).map(cells);
  const at = name => head.indexOf(name);
  const found = new Map(rows.map(row => [`${row[at('zh')]} = ${row[at('en')]}`, row[at('status')]]));
  assert.deepEqual([...found].sort(), [...wanted].sort(), 'the termbase holds exactly these');
  await review.close();
});

/** The cells of a line of CSV. */
function cells(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

test('ten wrong rows of a story are corrected with at most 40 keys', async () => {
  const story = readFileSync(join(root, 'corpora/story/gold.tsv'), 'utf8').trim().split(/\r?\n/);
  const right = story.map(line => line.split('\t')).filter(([zh, en]) => zh && en && !/^(zh|chinese)$/i.test(zh)).slice(0, 40).map(([zh, en]) => [zh, en]);
  // Four passages were parted, three run together with the one below, three lost a sentence to
  // the row below.
  const parted = [2, 9, 16, 23], run_together = [5, 12, 19], table = [];
  for (let n = 0; n < right.length; n++) {
    const [zh, en] = right[n];
    if (parted.includes(n)) table.push([zh, ''], ['', en]);
    else if (run_together.includes(n)) { const [more_zh, more_en] = right[++n]; table.push([zh + more_zh, `${en} ${more_en}`]); }
    else table.push([zh, en]);
  }
  const folder = mkdtempSync(join(tmpdir(), 'story-')), file = join(folder, 'story.tsv');
  writeFileSync(file, table.map(row => row.join('\t')).join('\n') + '\n');
  const review = await Review.open([file]);
  let n_keys = 0;
  const keys = async (...all) => { n_keys += all.length; await review.press(...all); };
  await review.go('rows');
  await review.press('Home');
  console.log(JSON.stringify(await review.page.locator('.row').evaluateAll(all => all.map(r => [r.dataset.f, r.dataset.key, r.textContent.slice(0, 20)]))));
  await review.close();
});
