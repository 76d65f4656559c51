// The review page: focus, keys, and requests. What is shown is always the server's.
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const id = name => document.getElementById(name), row_of = key => id('r' + key), body = document.body, view = body.dataset.view;
const W = JSON.parse(body.dataset.words);
const SEL = { align: '.row', terms: '.t:not([data-st=gone])', check: '.f' }[view] || '.none';
let rev = +body.dataset.rev, at = null, col = view === 'check' ? 'en' : 'zh', mode = '', busy = Promise.resolve(), waiting = [];
const items = () => $$(SEL);
const say = t => { $('#live').textContent = ''; requestAnimationFrame(() => { $('#live').textContent = t; }); };
const el = (tag, className, textContent = '') => Object.assign(document.createElement(tag), { className, textContent });
const button = (cls, text, onclick) => Object.assign(el('button', cls, text), { type: 'button', onclick });
const fragment = innerHTML => Object.assign(document.createElement('template'), { innerHTML }).content.firstElementChild;
const ask_for = path => fetch(path).then(r => r.ok ? r : null).catch(() => null), ask_json = async path => (await ask_for(path))?.json();
const on = (kind, f, e = document) => e.addEventListener(kind, f);

// --- toast and bars
let timer;
function toast(text, link) {
  $('.toast')?.remove();
  const d = el('div', 'toast'); d.append(el('span', '', text));
  if (link) d.append(button('', W.show, () => { location.href = link; }));
  else if (!$('#undo').disabled) { const b = button('', W.undo + ' ', () => turn('undo')); b.append(el('kbd', '', 'Ctrl Z')); d.append(b); }
  body.append(d); clearTimeout(timer); timer = setTimeout(() => d.remove(), 6000); say(text);
}
function bar(text, ...acts) {
  $('.event')?.remove();
  if (text) { const d = el('div', 'event'); d.setAttribute('role', 'alert'); d.append(el('span', '', text), ...acts); $('.top').append(d); }
  top();
}
const top = () => body.style.setProperty('--top', $('.top').offsetHeight + 'px');

// --- requests: one after the other, each with the revision that the last one gave. What cannot
// be sent or saved waits, in order.
function post(path, fields = {}) {
  const job = { path, fields };
  busy = busy.then(() => send(job));
  return busy;
}
async function send(job) {
  job.rev ??= rev;
  if (waiting.length) return wait(job);
  const { path, fields } = job; let answer, r; if (/-all$/.test(path)) bar(W.realign_all + ' …');
  try {
    r = await fetch(path, {
      method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ ...fields, rev: job.rev, token: body.dataset.token }),
    });
    answer = await r.json().catch(() => ({ say: r.statusText }));
  } catch { return wait(job, W.gone); }
  if (r.status >= 500) { setTimeout(again, 5000); return wait(job, answer.say, Object.assign(el('a', 'b', W.save_copy), { href: 'log', download: '' })); }
  bar('');
  if (r.status === 409) { await apply(answer, true); bar(answer.say); return false; }
  if (!r.ok) { toast(answer.say || W.not_possible); return false; }
  job.done = answer.sole; apply(answer);
  channel.postMessage(rev);
  return answer;
}
function wait(job, text, ...acts) {
  if (waiting.length < 50) waiting.push(job);
  if (text) bar(text, button('b', W.again, again), ...acts);
  held(); return false;
}
const held = () => { $('#saved').textContent = waiting.length ? `${waiting.length} ${W.waiting}` : W.saved; };
function again() {
  const all = waiting; waiting = []; held();
  busy = all.reduce((busy, job, n) => busy.then(() => send(job)).then(() => {
    // What only we changed since is no other's change.
    if (job.done) for (const later of all.slice(n + 1)) if (later.rev === job.rev) later.rev = rev;
  }), busy);
}
on('beforeunload', ev => { if (waiting.length) ev.preventDefault(); }, window);
const turn = which => post(which).then(a => { // to the place, or a link to it
  const e = a && id(a.focus);
  if (e) focus(e, 'jump'); else if (a?.href && !a.reload) toast(a.say, a.href);
});

// --- an answer
function apply(a, quiet) {
  if (a.rev === undefined) return;
  // Only rows are drawn anew in number.
  if (view !== 'align' && (a.reload || a.live && body.dataset.later)) return location.reload();
  rev = a.rev;
  const key = at?.dataset.key, was = at?.id;
  if (a.reload) return redraw(quiet ? undefined : a.href || undefined);
  if (view === 'align') {
    if (a.moved) for (const e of items()) { const n = +e.ariaRowIndex; if (n > a.moved[0]) $('.n', e).textContent = e.ariaRowIndex = n + a.moved[1]; }
    for (const k of a.drop) row_of(k)?.remove();
    for (const r of a.rows) {
      const e = fragment(r.html), old = row_of(r.key), before = row_of(r.after);
      if (old) old.replaceWith(e); else if (before) before.after(e);
      else if (!r.after && body.dataset.from === '0') $('#rows').prepend(e);
    }
    mini.innerHTML = a.map; here();
    const next = row_of(key) || id(a.focus) || items()[0];
    at = null; focus(next);
  }
  for (const i of a.items) {
    const old = id(i.id);
    if (old) old.replaceWith(fragment(i.html)); else if (SEL[1] === i.id[0]) (id(was) || items().at(-1) || $('.fl')).after(fragment(i.html));
  }
  if (a.live && view === 'check') for (const f of items()) if (!a.live.includes(f.dataset.id)) f.dataset.st = 'mended';
  if (view !== 'align' && was) { at = null; focus(id(was)); }
  if (a.live) seen = a.checked; count(a); if (a.warn) bar(a.warn);
  if (a.say && !quiet && (!a.view || a.view === view)) toast(a.say);
  if (a.checking != null) checked(a.checking, 700);
}
// Draws all rows anew, at the place that is told or where one is.
async function redraw(href = location.href) {
  const r = await ask_for(href), key = at?.dataset.key; if (!r) return;
  const { body: d } = new DOMParser().parseFromString(await r.text(), 'text/html');
  for (const part of ['#rows', '.bar', '.filters']) $(part).replaceWith($(part, d));
  mini.innerHTML = $('.mini', d).innerHTML;
  Object.assign(body.dataset, d.dataset); rev = +d.dataset.rev; seen = +d.dataset.checked; at = null; await_check();
  focus(href === location.href && row_of(key) || id(d.dataset.focus) || items()[0], 'jump');
}
function count(a) {
  const c = a.counts;
  for (const e of $$('[data-n]')) e.textContent = c[e.dataset.n];
  $('.meter').ariaValueNow = c.pinned; $('#mt').setAttribute('width', 100 * c.pinned / (c.rows || 1));
  $('#undo').disabled = !a.undo; $('#redo').disabled = !a.redo;
}
// The check runs in the background; what it found comes when it is through.
let checking, seen = +body.dataset.checked;
const await_check = () => { if (body.dataset.checking) checked(+body.dataset.checking, 100); };
// Nothing is drawn anew under the hands of who writes.
const typing = () => document.activeElement?.matches('textarea,input');
function checked(n, patience) {
  clearTimeout(checking);
  checking = setTimeout(async () => {
    const r = await ask_for(`checked/${n}?since=${seen}`); if (!r) return;
    if (r.status !== 200) { if (patience < 60000) checked(n, patience * 2); } else if (mode || typing()) checked(n, 700); else apply(await r.json(), true);
  }, patience);
}

// --- focus
function focus(e, how) {
  if (!e) return;
  if (at && at !== e) { at.classList.remove('on'); at.tabIndex = -1; }
  at = e; e.classList.add('on'); e.classList.remove('changed'); e.tabIndex = 0; column(col);
  if (chosen.has(e.dataset.id)) e.ariaSelected = true;
  if (!e.contains(document.activeElement)) e.focus({ preventScroll: true });
  if (how !== 'click') {
    const see = () => e.scrollIntoView({ block: how === 'jump' ? 'center' : 'nearest', behavior: 'instant' });
    see(); if (how === 'jump') requestAnimationFrame(see);
  }
  here(); detail();
}
const seek = (d, is) => { const all = items(); let i = all.indexOf(at) + d; while (all[i] && !is(all[i])) i += d; return all[i]; };
function step(d) { const e = seek(d, () => true); if (e) focus(e); else $(d > 0 ? '[rel=next]' : '[rel=prev]')?.click(); }
const wants = e => view === 'align' ? /\blook\b/.test(e.dataset.f) : e.dataset.st === 'auto';
async function next(d = 1) {
  const found = seek(d, wants);
  if (found) return focus(found, 'jump');
  if (view === 'align' && at) {
    const end = items().at(d > 0 ? -1 : 0), r = await ask_json(`next?after=${end.dataset.key}&way=${d > 0 ? 'on' : 'back'}`);
    if (r?.key && !row_of(r.key)) { location.href = 'rows?row=' + r.key; return; }
  }
  toast(W.nothing_more);
}
let detailed, last = null;
const about = e => `${view === 'align' ? `rows/${e.dataset.key}/why` : 'terms/' + e.dataset.id}?${rev}`;
function detail() {
  const box = $('#why,#card'), want = box && about(at);
  if (want === last) return;
  last = want; clearTimeout(detailed);
  detailed = setTimeout(async () => {
    const r = await ask_for(want);
    if (!r || want !== last) return;
    if (typing() && box.contains(document.activeElement)) last = null; else { box.innerHTML = await r.text(); label(box); }
  }, 30);
}
on('mousedown', ev => {
  const e = ev.target.closest(SEL); if (!e || /split|write/.test(mode) || ev.target.closest('button,a,textarea,input')) return;
  if (view === 'align') col = ev.target.closest('.en') ? 'en' : 'zh';
  focus(e, 'click');
});
let tied = [];
on('mouseover', ev => {
  const m = ev.target.closest('[data-t]'), tie = on => tied.forEach(x => x.classList.toggle('tie', on));
  tie(false); tied = m ? $$(`m[data-t="${m.dataset.t}"]`, m.closest('.row') || at) : []; tie(true);
});

// --- map
const mini = $('.mini'), rows_in_all = () => +$('[data-n=rows]').textContent;
function here() {
  const h = at && mini && $('.here', mini); if (!h) return;
  const n = h.ownerSVGElement.viewBox.baseVal.height, rows = rows_in_all();
  h.y.baseVal.value = (at.ariaRowIndex - 1) * n / rows; h.height.baseVal.value = n / Math.min(120, rows);
}
if (mini) mini.onclick = ev => {
  const { top, height } = mini.firstElementChild.getBoundingClientRect();
  goto(Math.ceil((ev.clientY - top) / height * rows_in_all()) || 1);
};
function goto(where) {
  const e = $(`.row[aria-rowindex="${where}"]`);
  if (e) focus(e, 'jump'); else location.href = 'rows?go=' + encodeURIComponent(where);
}

// --- operations on rows
const op = (name, fields) => at && post(`rows/${at.dataset.key}/${name}`, fields);
// The text of a cell, node by node, with what chips stand for.
function* texts(p) {
  const w = document.createTreeWalker(p, 5);
  for (let n; n = w.nextNode();) if (n.matches?.('.ctl')) yield [n, String.fromCodePoint(+n.dataset.code)]; else if (n.data && !n.parentElement.closest('.more')) yield [n, n.data];
}
const read = p => [...texts(p)].map(([, text]) => text).join('');
// A cell that is cut short is shown whole first.
function whole_first() { const m = $('.more', at); m?.click(); return m; }
// Writes the side of a row: `shown` holds its cells, `hidden` gives way to the box.
function editor(key, shown, hidden) {
  const item = at, name = col, cells = $$(`p.${name}.s`, shown), was = cells.map(read).filter(t => t).join(name === 'en' ? ' ' : ''), box = el('textarea', 'write ' + name);
  mode = 'write'; box.value = was; box.lang = cells[0]?.lang || name; box.ariaLabel = name;
  hidden.forEach(p => { p.hidden = true; }); if (hidden[0]) hidden[0].before(box); else item.append(box);
  box.focus(); let over = false;
  const end = save => {
    if (over) return; over = true; mode = ''; box.remove(); hidden.forEach(p => { p.hidden = false; });
    item.focus(); if (save && box.value.trim() !== was.trim()) post(`rows/${key}/edit`, { side: name, text: box.value });
  };
  on('keydown', ev => {
    const save = ev.key === 'Enter' && (ev.ctrlKey || ev.metaKey);
    if (ev.isComposing || ev.keyCode === 229 || !save && ev.key !== 'Escape') return;
    ev.preventDefault(); ev.stopPropagation(); end(save);
  }, box);
  box.onblur = () => end(true);
}
function write() { if (at && !whole_first()) editor(at.dataset.key, at, $$(`p.${col}.s,p.${col}.slot`, at)); }
async function mend() { // in a finding: the row itself is written
  const f = at, key = f?.dataset.key, r = key && await ask_for('rows/' + key);
  if (r && f === at) editor(key, fragment(await r.text()), [f.querySelectorAll('.pair>p')[+(col === 'en')]]);
}

// --- splitting: a joint on each side, in characters; the server knows the good ones
let cut = null, opening;
async function split() {
  if (!at || whole_first()) return;
  mode = 'split';
  const row = at, good = await ask_json(`rows/${row.dataset.key}/joints`), sides = {};
  ['zh', 'en'].forEach((s, n) => {
    let end = 0; const spots = [];
    for (const p of good ? $$(`p.${s}[data-piece]`, row) : []) for (const [node, text] of texts(p)) spots.push({ node, chars: [...text], start: end, end: end += [...text].length });
    sides[s] = { good: good?.[s], on: good?.on[n], spots, end };
  });
  if (!(sides.zh.end > 1) && !(sides.en.end > 1)) { mode = ''; return toast(W.no_joint); }
  cut = { row, sides }; row.classList.add('split'); if (sides[col].end < 2) col = other();
  row.append(id('joints').content.cloneNode(true)); draw();
}
const other = () => col === 'zh' ? 'en' : 'zh', unjoint = r => { $$('.joint', r).forEach(e => e.remove()); r.normalize(); };
function draw() {
  unjoint(cut.row); cut.row.dataset.col = col;
  for (const side of Object.values(cut.sides)) {
    if (!side.on) continue;
    const j = el('i', 'joint here1'), { node, chars, start } = side.spots.findLast(c => c.start <= side.on && c.start < c.end), at = side.on - start;
    if (node.data && at) { const r = document.createRange(); r.setStart(node, chars.slice(0, at).join('').length); r.insertNode(j); } else node.before(j);
  }
}
function joint(d, fine) {
  const s = cut.sides[col], { good, end, spots } = s, edited = n => spots.some(c => c.start < n && n < c.end && c.node.parentNode.closest('.edited'));
  let to = fine ? (s.on || 0) + d : d > 0 ? good.find(n => n > (s.on || 0)) : good.findLast(n => n < s.on);
  while (fine && to > 0 && to < end && edited(to)) to += d;
  if (to > 0 && to < end) s.on = to; draw();
}
const whole = () => { if (cut.sides[other()].on) cut.sides[col].on = null; draw(); };
function leave() { const r = cut.row; unjoint(r); $('.ask', r).remove(); r.classList.remove('split'); mode = ''; cut = null; r.focus(); }
function cleave() { const { zh, en } = cut.sides; leave(); op('split', { zh: zh.on || '', en: en.on || '' }); }

// --- choosing another row or term
let picked = null;
function pick(text, then) {
  if (!at) return;
  mode = 'pick'; picked = { e: at, col, then }; at.classList.add('picked'); bar(text, button('b', W.leave, unpick));
}
function take() { const { e, col, then } = picked; unpick(); if (at && at !== e) then(e.dataset, col, at.dataset); }
function unpick() { picked?.e.classList.remove('picked'); picked = null; mode = ''; bar(''); }
const tie = () => at && $('.slot a', at) ? op('untie') : pick(W.pick, (from, side, to) => post(`rows/${from.key}/tie`, { side, to: to.key }));
const merge = () => pick(W.pick_term, (a, _, b) => { focus(id('t' + a.id)); post(`terms/${a.id}/merge`, { with: b.id }); });

// --- terms and findings
let chosen = new Set();
function choose(e, is_on) { chosen[is_on ? 'add' : 'delete'](e.dataset.id); e.ariaSelected = is_on; }
// All that the filter shows, on this page or another.
async function choose_all() {
  const all = await ask_json('terms/all' + location.search); if (!all) return;
  chosen = new Set(all.map(String)); items().forEach(e => { e.ariaSelected = chosen.has(e.dataset.id); }); say(all.length);
}
function leave_all() { items().forEach(e => { e.ariaSelected = null; }); chosen.clear(); }
function decide(name, on) {
  if (!at) return;
  const go = (path, fields) => post(path, fields).then(a => { if (a && on) next(); });
  if (!chosen.size) return go(`${view === 'check' ? 'findings' : 'terms'}/${at.dataset.id}/${name}`);
  const all = [...chosen], do_it = () => { leave_all(); go('terms/several/' + name, { ids: all.join() }); };
  if (all.length <= 20) return do_it();
  $('#many b').textContent = all.length; id('many').showModal();
  $('#many form').onsubmit = ev => { if (!ev.submitter.value) do_it(); };
}
function field(name) { const d = $('#tedit'); if (d) { d.open = true; $(`[name=${name}]`, d).focus(); } }
function part() { const [one, more] = $$('.var1'); if (more) one.focus(); else if (one) one.click(); else toast(W.not_possible); }
function context(d) { const all = $$('.kw'), e = all[all.indexOf($('.kw.cur')) + d]; if (e) { all.forEach(o => o.classList.toggle('cur', o === e)); e.scrollIntoView({ block: 'nearest' }); } }

// --- buttons
on('click', async ev => {
  const press = ev.target.closest('[data-press]'), more = ev.target.closest('.more'), form = ev.target.closest('.var1');
  if (more) { const r = await ask_for('rows/' + more.dataset.row); if (r) { const e = fragment(await r.text()); row_of(more.dataset.row).replaceWith(e); at = null; focus(e); } }
  if (form) { post(`terms/${at.dataset.id}/split`, form.dataset); at.focus(); }
  if (!press) return;
  ev.preventDefault();
  const f = press.closest('.f'); if (f) focus(f, 'click');
  const [k, ...m] = press.dataset.press.split('+').reverse(); key(k, m.includes('Shift'), false, ev.target);
});
on('submit', ev => {
  const b = ev.submitter, path = b?.getAttribute('formaction'); if (!path) return; ev.preventDefault();
  const row = b.closest('.row'); if (row) focus(row, 'click');
  if (/^(un|re)do$/.test(path)) return void turn(path);
  post(path, Object.fromEntries([...new FormData(ev.target)].reverse())).then(() => at?.focus());
}, id('act'));
const why = () => $('.work').classList.toggle(innerWidth <= 1180 ? 'why1' : 'nowhy');
function theme() {
  const root = document.documentElement, to = getComputedStyle(root).colorScheme === 'dark' ? 'light' : 'dark';
  root.dataset.theme = to; document.cookie = `align_theme=${to}; SameSite=Strict; Path=/; Max-Age=31536000`;
}

// --- the table of keys: which key stands for which, kept in the browser
let keys = {}, letters = true;
try { ({ keys, letters } = JSON.parse(localStorage.align)); } catch { /* none is kept */ }
const keep = () => { try { localStorage.align = JSON.stringify({ keys, letters }); } catch { /* nor can be */ } label(); };
const stands_for = k => keys[k] || k, key_of = k => Object.keys(keys).find(p => keys[p] === k) || k;
function label(r = document) {
  for (const e of $$('kbd', r)) if (/^[A-Z]$/.test(e.textContent)) e.textContent = key_of(e.dataset.k ??= e.textContent.toLowerCase()).toUpperCase();
  for (const box of $$('#help [name]')) box.value = key_of(box.name).toUpperCase();
  id('letters').checked = letters;
}
on('focusin', ev => ev.target.select?.(), id('help'));
on('input', ({ target: { id, name, value, checked } }) => {
  const k = value.toLowerCase();
  if (id) letters = checked;
  else if (/^[a-z]$/.test(k)) { const old = key_of(name), meant = stands_for(k); keys[k] = name; keys[old] = meant; }
  keep();
}, id('help'));
id('reset').onclick = () => { keys = {}; keep(); };

// --- keys: never while text is written; under an input method the key cap counts
const SAME = { j: 'ArrowDown', k: 'ArrowUp' }, FULL = { '？': '?', '、': '/', '／': '/', '【': '[', '】': ']', '。': '.', '．': '.' };
const COMMON = {
  ArrowDown: () => step(1), ArrowUp: () => step(-1), n: () => next(), p: () => next(-1), Home: () => focus(items()[0], 'jump'), End: () => focus(items().at(-1), 'jump'),
  ArrowLeft: () => column('zh'), ArrowRight: () => column('en'), '?': () => id('help').showModal(), '/': () => $('#find')?.focus(),
  Escape: leave_all, theme,
};
for (const n of '1234') COMMON[n] = () => $(`[data-tab="${n}"]`)?.click();
const heading = e => /k-(heading|title)/.test(e.className);
// One operation, or another with Shift.
const does = (name, other) => shift => op(shift && other || name, { side: col }), judges = (name, other) => shift => decide(shift && other || name, true);
const KEYS = {
  align: {
    '[': () => focus(seek(-1, heading), 'jump'), ']': () => focus(seek(1, heading), 'jump'), g: () => id('goto').showModal(), '.': why,
    Enter: shift => shift ? op('confirm-up-to') : /ok|fix/.test(at?.dataset.st) ? next() : op('confirm')?.then(a => a && next()),
    c: does('toggle'), q: does('look'), b: does('mark'), m: does('merge', 'merge-above'), d: does('down', 'shift-down'), u: does('up', 'shift-up'), o: does('part'), w: does('swap'), r: does('realign', 'realign-all'), y: does('other'),
    t: () => $('#note')?.focus(), s: () => { opening = split(); }, x: tie, e: write,
  },
  terms: {
    a: judges('accept', 'prefer'), r: judges('reject'), f: judges('forbid'), c: () => decide('candidate'),
    e: () => field('zh'), b: () => field('subject'), t: () => field('note'), m: merge, s: part, o: () => ($('.kw.cur .torow') || $('#card .torow'))?.click(),
    ArrowLeft: () => context(-1), ArrowRight: () => context(1), ' ': () => at && choose(at, !chosen.has(at.dataset.id)),
  },
  check: { a: judges('accept', 'alike'), f: judges('fault'), c: () => decide('open'), o: () => $('.torow', at)?.click(), e: mend },
}[view] || {};
const SPLIT = { ArrowLeft: fine => joint(-1, fine), ArrowRight: fine => joint(1, fine), Tab: () => { col = other(); draw(); }, '-': whole, Backspace: whole, Enter: cleave, Escape: leave }, PICK = { Enter: take, Escape: unpick };
function key(k, shift, ctrl, target) {
  if (mode === 'split') { const f = SPLIT[k]; if (f) opening.then(() => cut && f(shift)); return !!f; }
  if (mode === 'pick' && PICK[k]) return PICK[k](), true;
  if (ctrl && /^[zy]$/.test(k)) return void turn(shift || k === 'y' ? 'redo' : 'undo'), true;
  if (ctrl && k === 'a' && view === 'terms') { choose_all(); return true; }
  if (ctrl) return false;
  if (view === 'terms' && shift && /^Arrow(Up|Down)$/.test(k)) { choose(at, true); step(k === 'ArrowDown' ? 1 : -1); choose(at, true); return true; }
  k = SAME[k] || k; const act = KEYS[k] || COMMON[k];
  if (act) act(shift, target);
  return !!act;
}
function column(c) { col = c; if (at) at.dataset.col = c; }
on('keydown', ev => {
  const t = ev.target;
  if (ev.isComposing || ev.altKey || t.closest('dialog')) return;
  if (t.matches('input,textarea,select')) {
    if (ev.keyCode === 229) return;
    if (ev.key === 'Escape') { t.blur(); at?.focus(); } else if (ev.key === 'Enter' && t.closest('#tedit')) { ev.preventDefault(); $('#tedit .b').click(); }
    return;
  }
  if (ev.keyCode === 229 && !ev.code) return;
  const ime = ev.keyCode === 229 || ev.key === 'Process', ctrl = ev.ctrlKey || ev.metaKey;
  const k = ime ? ev.code.replace(/^(Key|Digit)/, '').toLowerCase() : FULL[ev.key] || (ev.key.length === 1 ? ev.key.toLowerCase() : ev.key);
  if (!mode && t.matches('button,a,summary') && (k === 'Enter' || k === ' ') || !ctrl && !letters && /^[a-z]$/.test(k)) return;
  if (key(ctrl ? k : stands_for(k), ev.shiftKey, ctrl, t)) ev.preventDefault();
});

// --- other windows
const channel = new BroadcastChannel('align' + location.pathname.split('/')[2]);
channel.onmessage = ev => { if (ev.data > rev) catchUp(); };
async function catchUp() {
  if (mode) return;
  const r = await fetch('since/' + rev).catch(() => 0);
  if (r?.status === 410) apply({ rev, reload: true }, true); else if (r?.ok) { const a = await r.json(); if (a.rev !== rev) apply(a, true); }
}
if (view !== 'docs') on('focus', catchUp, window);

top(); label(); await_check();
const first = id(body.dataset.focus || location.hash.slice(1)) || items().find(wants) || items()[0];
if (first) { if ($('#why,#card')?.childElementCount) last = about(first); focus(first, items().indexOf(first) > 2 ? 'jump' : ''); }
