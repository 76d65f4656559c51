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
  await review.end('SIGINT');
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
  const story = readFileSync(join(root, 'corpora/story/gold.tsv'), 'utf8').trim().split(/\r?\n/).slice(1);
  const right = story.map(line => line.split('\t').slice(1)).filter(([zh, en]) => zh && en).slice(0, 40);
  // Four passages are parted, three run together with the one below, three lost their English
  // to it.
  const table = [], wanted = [], wrong = { 2: 'part', 3: 'join', 9: 'part', 10: 'join', 13: 'lose', 18: 'part', 21: 'lose', 26: 'part', 27: 'join', 31: 'lose' };
  for (let n = 0; n < right.length; n++) {
    const [zh, en] = right[n], how = wrong[n];
    if (!how) { table.push([zh, en]); continue; }
    wanted.push([zh, en]);
    if (how === 'part') { table.push([zh, ''], ['', en]); continue; }
    const [more_zh, more_en] = right[++n], both = `${en} ${more_en}`;
    wanted.push([more_zh, more_en]);
    if (how === 'join') table.push([zh + more_zh, both]); else table.push([zh, ''], [more_zh, both]);
  }
  const folder = mkdtempSync(join(tmpdir(), 'story-')), file = join(folder, 'story.tsv');
  writeFileSync(file, 'zh\ten\n' + table.map(row => row.join('\t')).join('\n') + '\n');
  const review = await Review.open([file]);
  let n_keys = 0;
  const keys = async (...all) => { n_keys += all.length; await review.press(...all); };
  await review.go('rows');
  // The first row to look at has the focus.
  for (const [n, how] of Object.values(wrong).entries()) {
    if (how === 'part') await keys(...(n ? ['n'] : []), 'm');
    if (how === 'join') await keys('ArrowDown', 's', 'Enter');
    if (how === 'lose') await keys('n', 'm', 's', 'Enter');
  }
  console.log(`# ten wrong rows: ${n_keys} keys`);
  assert.ok(n_keys <= 40, `${n_keys} keys`);
  const tmx = await review.tmx('?only=confirmed');
  const found = [...tmx.matchAll(/<tu [\s\S]*?<\/tu>/g)].map(([unit]) => [...unit.matchAll(/<seg>([\s\S]*?)<\/seg><\/tuv>/g)].map(([, text]) => text));
  assert.deepEqual(found, wanted, 'the memory holds exactly the corrected pairs');
  await review.close();
});
