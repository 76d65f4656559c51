// The page as one file: decisions are kept in this browser until they are saved as a file.
(() => {
'use strict';
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const body = document.body, store = 'align:' + body.dataset.mark;
let kept = [], at = null, view = 'align';
try { kept = JSON.parse(localStorage.getItem(store) || '[]'); } catch { kept = []; }
const SEL = { align: '.row', terms: '.ot', check: '.f' };
const items = () => $$(SEL[view], $('#v-' + view));
const CODE = { ok: 'confirmed', fix: 'corrected', look: 'look', auto: 'auto' }, SHORT = { confirmed: 'ok', corrected: 'fix', look: 'look', auto: 'auto' };
const TERM = { accepted: 'ok', preferred: 'ok', rejected: 'no', forbidden: 'ban', candidate: 'auto' };
const FIND = { accepted: 'ok', fault: 'look', open: 'auto' };

// --- the texts of a row, with the signs that chips stand for
function read(p) {
  let t = ''; const w = document.createTreeWalker(p, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (w.nextNode()) { const n = w.currentNode; if (n.nodeType === 3) t += n.data; else if (n.matches('.ctl')) t += String.fromCodePoint(+n.dataset.code); }
  return t;
}
const texts = row => ['zh', 'en'].map(s => $$(`p.${s}.s[data-piece]`, row).map(read).filter(t => t).join(s === 'en' ? ' ' : ''));

// --- decisions: each is an event of the log without its number
function keep(event) {
  kept.push({ at: new Date().toISOString().slice(0, 19) + 'Z', ...event });
  try { localStorage.setItem(store, JSON.stringify(kept)); } catch { /* it is in the page still, and can be saved */ }
  count();
}
function count() { $('#n-kept').textContent = kept.length; }
function ofRow(row, op, field, was, now, alone) {
  const key = row.dataset.key, [zh, en] = key.split('~'), name = alone ? (zh ? zh + '~' : '~' + en) : key;
  keep({ op, texts: { [name]: texts(row) }, rows: [{ row: name, field, was, now }] });
}
function status(row, now) {
  const was = CODE[row.dataset.st] || 'auto'; if (was === now) return;
  ofRow(row, now === 'auto' ? 'reopen' : now === 'look' ? 'look' : 'confirm', 'status', was, now);
  row.dataset.st = SHORT[now];
}
function term(box, now) {
  const t = $('.t', box), was = Object.keys(TERM).find(k => TERM[k] === t.dataset.st) || 'candidate'; if (TERM[now] === t.dataset.st) return;
  keep({ op: now, terms: [{ zh: box.dataset.zh, en: box.dataset.en, was: { status: was }, now: { status: now } }] });
  t.dataset.st = TERM[now];
}
function finding(f, now) {
  const was = Object.keys(FIND).find(k => FIND[k] === f.dataset.st) || 'open'; if (was === now) return;
  keep({ op: now, findings: [{ id: f.dataset.id, was, now }] });
  f.dataset.st = FIND[now];
}
function note(row) {
  const d = $('#noted'), box = $('#note'), was = row.dataset.note || ''; box.value = was; d.returnValue = ''; d.showModal();
  d.onclose = () => {
    const now = box.value.trim(); if (d.returnValue !== 'save' || now === was) return;
    ofRow(row, 'note', 'note', was, now, true); draw(row, now); row.focus();
  };
}
function draw(row, text) { row.dataset.note = text; let n = $('.noted', row); if (!n) { n = document.createElement('span'); n.className = 'noted'; row.append(n); } n.textContent = text; }
function mark(row) { const is = row.classList.toggle('marked'); ofRow(row, 'bookmark', 'bookmark', !is, is, true); }

// --- what was kept is shown again
for (const e of kept) {
  for (const r of e.rows || []) {
    const row = document.getElementById('r' + r.row) || $$('.row').find(x => r.row.endsWith('~') ? x.dataset.key.startsWith(r.row) : x.dataset.key.endsWith(r.row));
    if (!row) continue;
    if (r.field === 'status') row.dataset.st = SHORT[r.now]; else if (r.field === 'note') draw(row, r.now); else row.classList.toggle('marked', r.now);
  }
  for (const t of e.terms || []) { const box = $$('.ot').find(b => b.dataset.zh === t.zh && b.dataset.en === t.en); if (box) $('.t', box).dataset.st = TERM[t.now.status]; }
  for (const f of e.findings || []) { const x = document.getElementById('f' + f.id); if (x) x.dataset.st = FIND[f.now]; }
}
count();

// --- sections: one is open. Where the browser can, it finds words in the closed ones too
const finds = 'onbeforematch' in document.body, sheets = $$('details.sheet'), grid = d => $('[role=grid]', d);
function reveal(d) {
  if (!d || (finds ? !grid(d).hidden : d.open)) return;
  for (const one of sheets) if (finds) grid(one).hidden = one === d ? false : 'until-found'; else one.open = one === d;
}
for (const d of sheets) {
  if (finds) { if (!d.open) grid(d).hidden = 'until-found'; d.open = true; }
  $('summary', d).addEventListener('click', ev => { ev.preventDefault(); reveal(d); focus($('.row', d)); });
}

// --- focus, views, keys
function focus(e) {
  if (!e) return;
  reveal(e.closest('details.sheet'));
  if (at && at !== e) { at.classList.remove('on'); at.tabIndex = -1; }
  at = e; e.classList.add('on'); e.tabIndex = 0; e.focus({ preventScroll: true }); e.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}
const step = d => { const all = items(); focus(all[Math.max(0, Math.min(all.length - 1, all.indexOf(at) + d))]); };
const wants = e => view === 'align' ? /\blook\b/.test(e.dataset.f) && !/ok|fix/.test(e.dataset.st) : (view === 'terms' ? $('.t', e) : e).dataset.st === 'auto';
function next(d = 1) { const all = items(); let i = all.indexOf(at) + d; while (all[i] && !wants(all[i])) i += d; focus(all[i]); }
function show(name) {
  view = name; body.dataset.view = name; at = null;
  for (const s of $$('main > section')) { if (s.dataset.view === name) s.removeAttribute('hidden'); else s.setAttribute('hidden', 'until-found'); }
  for (const t of $$('[data-tab]')) { if (t.dataset.tab === name) t.setAttribute('aria-current', 'page'); else t.removeAttribute('aria-current'); }
  $('#rowacts').hidden = name !== 'align'; focus(items()[0]);
}
$$('[data-tab]').forEach(t => t.addEventListener('click', ev => { ev.preventDefault(); show(t.dataset.tab); }));
document.addEventListener('beforematch', ev => { const s = ev.target.closest('main > section'); if (s) show(s.dataset.view); });
document.addEventListener('click', ev => {
  const link = ev.target.closest('a[href^="rows"]');
  if (link) { ev.preventDefault(); show('align'); focus(document.getElementById('r' + decodeURIComponent(link.getAttribute('href').split('row=')[1]))); return; }
  const b = ev.target.closest('button'), box = ev.target.closest(SEL[view]);
  if (box) focus(box);
  if (!b || b.id === 'save' || b.closest('dialog')) return;
  ev.preventDefault();
  if (b.matches('.st')) return act('c');
  if (b.dataset.press) { const [k, ...m] = b.dataset.press.split('+').reverse(); return act(k, m.includes('Shift')); }
  const name = b.dataset.do; if (!name || !at) return;
  if (view === 'terms') term(at, name);
  else act({ confirmed: 'Enter', toggle: 'c', look: 'q', mark: 'b', note: 't' }[name]);
});
function act(k, shift) {
  const common = { ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1), n: () => next(), p: () => next(-1), '1': () => show('align'), '2': () => show('terms'), '3': () => show('check') };
  const align = { Enter: () => { status(at, 'confirmed'); next(); }, c: () => status(at, /ok|fix/.test(at.dataset.st) ? 'auto' : 'confirmed'), q: () => status(at, at.dataset.st === 'look' ? 'auto' : 'look'), b: () => mark(at), t: () => note(at) };
  const terms = { a: () => { term(at, shift ? 'preferred' : 'accepted'); next(); }, r: () => { term(at, 'rejected'); next(); }, f: () => { term(at, 'forbidden'); next(); }, c: () => term(at, 'candidate') };
  const check = { a: () => { finding(at, 'accepted'); next(); }, f: () => { finding(at, 'fault'); next(); }, c: () => finding(at, 'open') };
  const own = at && { align, terms, check }[view][k], go = own || common[k];
  if (go) go();
  return !!go;
}
document.addEventListener('keydown', ev => {
  if (ev.isComposing || ev.altKey || ev.ctrlKey || ev.metaKey || ev.target.closest('dialog,input,textarea')) return;
  if (ev.target.matches('button,a,summary') && (ev.key === 'Enter' || ev.key === ' ')) return;
  const ime = ev.keyCode === 229 || ev.key === 'Process', k = ime ? ev.code.replace(/^(Key|Digit)/, '').toLowerCase() : ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
  if (act(k, ev.shiftKey)) ev.preventDefault();
});

// --- taken home as a file
$('#who').value = (() => { try { return localStorage.getItem('align:who') || ''; } catch { return ''; } })();
$('#save').addEventListener('click', () => {
  const who = $('#who').value.trim(); try { localStorage.setItem('align:who', who); } catch { /* asked again next time */ }
  const file = JSON.stringify({ decisions: 1, name: body.dataset.name, who, events: kept }, null, 1);
  const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob([file], { type: 'application/json' })); a.download = body.dataset.name + '.decisions.json'; a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000); $('#live').textContent = body.dataset.saved;
});
show('align'); focus(items().find(wants) || items()[0]);
})();
