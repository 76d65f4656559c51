// Starts the program and a browser, and watches both: a test fails where the console speaks or a
// request leaves this machine, unless it says that it must.
//
//   ALIGN=../target/release/align CHROMIUM=/usr/bin/chromium npm test
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(here);
const program = resolve(here, process.env.ALIGN || '../target/debug/align');

/** The two files of one of our corpora. */
export const corpus = name => ['zh.txt', 'en.txt'].map(file => join(root, 'corpora', name, file));

let browser;
export const launch = async () => browser ??= await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});

const children = new Set();
/** A run of `align`, and the address that it tells. */
export function run(args, wrap = []) {
  const [command, ...rest] = [...wrap, program, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = new Promise((told, failed) => {
    let text = '';
    child.stderr.on('data', part => { text += part; const found = text.match(/http:\S+key=\w+/); if (found) told(found[0]); });
    child.on('exit', () => failed(new Error(`align ended: ${text}`)));
  });
  address.catch(() => {});
  children.add(child);
  child.on('exit', () => children.delete(child));
  return { child, address };
}

/** The most memory that a run has had so far, in MB; where the system tells it. */
export function most_memory({ pid }) {
  try { return Math.round(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1] / 1024); } catch { return NaN; }
}

/** A run to its end: how long it took, and the most memory that it was seen to have. */
export async function ended(args) {
  const started = performance.now(), child = spawn(program, args, { stdio: 'ignore' });
  children.add(child);
  let mb = 0;
  const watch = setInterval(() => { mb = Math.max(mb, most_memory(child) || 0); }, 20);
  await new Promise(done => child.on('exit', done));
  clearInterval(watch); children.delete(child);
  return { ms: Math.round(performance.now() - started), mb };
}

/** A review in a folder of its own, open in a browser. */
export class Review {
  /** `args` name what is reviewed; `context` is for the browser. */
  static async open(args, { context = {}, wrap, command = ['review'], ends = '**/d/0/' } = {}) {
    const review = new Review();
    Object.assign(review, { out: mkdtempSync(join(tmpdir(), 'review-')), context_options: context, problems: [], allowed: [], ends, command });
    await review.begin([...args, '--out', review.out], wrap);
    return review;
  }

  async begin(args, wrap) {
    this.context = await (await launch()).newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', colorScheme: 'light', ...this.context_options });
    this.page = await this.window();
    const started = performance.now();
    this.run = run([...this.command, ...args, '--no-open'], wrap);
    const address = await this.run.address;
    this.origin = new URL(address).origin;
    const answered = this.page.waitForResponse(answer => !answer.url().includes('/open'));
    await this.page.goto(address);
    await answered;
    this.first_byte = Math.round(performance.now() - started);
    await this.page.waitForURL(this.ends);
    // Terms and findings come a little later: then the page loads itself anew.
    await this.page.waitForFunction(() => document.body && !document.body.dataset.later);
    return this;
  }

  /** Killed without warning, and gone on with. */
  async restart() {
    await this.end('SIGKILL');
    await this.context.close();
    return this.begin([join(this.out, this.log)]);
  }

  async end(signal) {
    const { child } = this.run;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(done => child.on('exit', done));
    child.kill(signal);
    await ended;
  }

  /** The end: nothing was said, and nothing left. */
  async close() {
    await this.context.close().catch(() => {});
    await this.end('SIGINT');
    rmSync(this.out, { recursive: true, force: true });
    const heard = this.problems.filter(said => !this.allowed.some(one => one.test(said)));
    assert.deepEqual(heard, [], 'the console is silent, and no request leaves');
  }

  /** One more window. */
  async window() {
    const page = await this.context.newPage();
    page.open_requests = new Set();
    page.on('console', message => { if (/error|warning/.test(message.type())) this.problems.push(`${message.text()} ${message.location().url}`); });
    page.on('pageerror', error => this.problems.push(error.message));
    page.on('dialog', dialog => { if (dialog.type() !== 'beforeunload') this.problems.push(`dialog ${dialog.message()}`); dialog.accept().catch(() => {}); });
    page.on('request', request => {
      page.open_requests.add(request);
      if (!request.url().startsWith(this.origin + '/') && !request.url().startsWith('data:')) this.problems.push(`request ${request.url()}`);
    });
    // A body that the page does not read is never finished.
    page.on('response', response => page.open_requests.delete(response.request()));
    page.on('requestfailed', request => page.open_requests.delete(request));
    return page;
  }

  get log() { return readdirSync(this.out).find(file => file.endsWith('.review.jsonl')); }
  file(ending) { return readFileSync(join(this.out, this.log.replace('.review.jsonl', ending)), 'utf8'); }
  events() { return this.file('.review.jsonl').trim().split('\n').slice(2).map(line => JSON.parse(line)); }
  put(name, text) { const path = join(this.out, name); writeFileSync(path, text); return path; }

  async go(view, page = this.page) { await page.goto(`${this.origin}/d/0/${view}`); await this.settle(page); }

  /** Until the page has drawn what was asked for. */
  async settle(page = this.page) {
    for (let calm = 0, n = 0; calm < 2; n++) {
      assert.ok(n < 300, `the page is at rest; ${[...page.open_requests].map(one => one.url())}`);
      await page.waitForTimeout(30);
      calm = page.open_requests.size ? 0 : calm + 1;
    }
  }

  async press(...keys) { for (const key of keys) { if (process.env.KEYS) console.log(key); await this.page.keyboard.press(key); await this.settle(); } }

  /** How many events there are of what was done, as the log has it: not those that tell of files. */
  get rev() { return this.events().filter(event => event.op !== 'written').length; }

  /** All text of an element; not the inner text: rows out of sight have none. */
  text(selector) { return this.page.locator(selector).evaluate(e => e.textContent); }

  /** The memory, but for the time at which it is made. */
  async tmx(only = '') {
    const answer = await this.page.request.get(`${this.origin}/d/0/export/tmx${only}`);
    return (await answer.text()).replace(/(creation|change)date="\w*"/g, '');
  }
}

/** After the last test of a file: what a test that failed left behind. */
export const done = async () => {
  for (const child of children) child.kill('SIGKILL');
  await browser?.close();
  browser = undefined;
};
