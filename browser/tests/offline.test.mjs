// The page as one file: nothing is asked for, what is decided is kept, and comes home.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { corpus, done, here, launch } from '../harness.mjs';

after(done);
const program = resolve(here, process.env.ALIGN || '../target/debug/align');

test('decisions on the page as a file are kept, saved and taken in', async () => {
  const out = mkdtempSync(join(tmpdir(), 'offline-'));
  const align = (...args) => spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(align(...corpus('statute'), '--out', out, '--name', 'law', '--write', 'html', '-q').status, 0);
  const context = await (await launch()).newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage(), problems = [];
  page.on('console', said => problems.push(said.text()));
  page.on('pageerror', error => problems.push(error.message));
  page.on('request', request => { if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) problems.push(request.url()); });
  await page.goto(pathToFileURL(join(out, 'law.html')).href);
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  assert.equal(await page.locator('.row.on').count(), 1);
  await page.locator('.row').first().click();
  await press('Enter', 'q', 'b', 't');
  await page.keyboard.type('a note');
  await page.locator('#noted button').click();
  await press('2', 'a', 'r');
  const kept = await page.locator('#n-kept').textContent();
  assert.equal(kept, '6');
  await page.reload();
  assert.equal(await page.locator('#n-kept').textContent(), kept);
  assert.equal(await page.locator('.row[data-st=ok]').count(), 1);
  assert.equal(await page.locator('.noted').count(), 1);
  await page.locator('#who').fill('mei');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
  const saved = join(out, file.suggestedFilename());
  await file.saveAs(saved);
  const applied = align('apply', saved);
  assert.equal(applied.status, 0, applied.stdout + applied.stderr);
  const log = readFileSync(join(out, 'law.review.jsonl'), 'utf8');
  const events = log.trim().split('\n').slice(2).map(line => JSON.parse(line));
  assert.equal(events.filter(event => event.who === 'mei' && event.op !== 'written').length, 6);
  assert.deepEqual(problems, []);
  await context.close();
  rmSync(out, { recursive: true, force: true });
});
