// Pictures of the four views in both languages and themes, for docs/review: PICTURES=1.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Review, corpus, done, root } from '../harness.mjs';

after(done);

const SIZES = [['1440', { width: 1440, height: 900 }], ['1024', { width: 1024, height: 768 }]];

test('pictures', { skip: !process.env.PICTURES && 'PICTURES=1 takes them' }, async () => {
  const folder = join(root, 'docs/review');
  mkdirSync(folder, { recursive: true });
  const review = await Review.open(corpus('resolution'));
  // Some of it is done.
  await review.go('rows');
  await review.press('Home');
  for (let n = 0; n < 9; n++) await review.press('c', 'ArrowDown');
  await review.press('b');
  await review.go('terms');
  await review.press('a', 'a', 'a', 'r', 'a');
  for (const [ui, theme] of [['en', 'light'], ['en', 'dark'], ['zh', 'light'], ['zh', 'dark']]) {
    for (const [size, viewport] of SIZES) {
      await review.page.setViewportSize(viewport);
      for (const [name, view] of [['overview', ''], ['alignment', 'rows'], ['terms', 'terms'], ['findings', 'findings']]) {
        await review.go(`${view}?ui=${ui}&theme=${theme}`);
        await review.page.screenshot({ path: join(folder, `${name}-${ui}-${theme}-${size}.png`) });
      }
    }
  }
  await review.close();
});
