// The review page: focus, keys, and requests. What is shown is always the server's.
(() => {
'use strict';
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const body = document.body, root = document.documentElement, view = body.dataset.view;
const W = JSON.parse(body.dataset.words), token = body.dataset.token;
const SEL = { align: '.row', terms: '.t', check: '.f' }[view] || '.none';
let rev = +body.dataset.rev, at = null, col = 'zh', mode = '', busy = Promise.resolve(), waiting = [];
const items = () => $$(SEL).filter(e => !e.classList.contains('gone'));
const say = t => { $('#live').textContent = ''; requestAnimationFrame(() => { $('#live').textContent = t; }); };
const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
const fragment = html => { const t = document.createElement('template'); t.innerHTML = html; return t.content.firstElementChild; };

// --- toast and bars
let timer;
function toast(text, link) {
  $('.toast')?.remove();
  const d = el('div', 'toast'); d.append(el('span', '', text));
  if (link) { const a = el('button', '', W.show); a.onclick = () => { location.href = link; }; d.append(a); }
  else if (!$('#undo').disabled) { const b = el('button', '', W.undo + ' '); b.append(el('kbd', '', 'Ctrl Z')); b.onclick = () => turn('undo'); d.append(b); }
  body.append(d); clearTimeout(timer); timer = setTimeout(() => d.remove(), 6000); say(text);
}
function bar(text, name, act) {
  $('.event')?.remove();
  if (!text) { top(); return; }
  const d = el('div', 'event'); d.setAttribute('role', 'alert'); d.append(el('span', '', text));
  if (name) { const b = el('button', 'b', name); b.onclick = act; d.append(b); }
  $('.top').append(d); top();
}
const top = () => body.style.setProperty('--top', $('.top').offsetHeight + 'px');

// --- requests: one after the other, so that each carries the revision the last one gave
function post(path, fields = {}) {
  const job = { path, fields, rev: null };
  busy = busy.then(() => send(job));
  return busy;
}
async function send(job) {
  const { path, fields } = job;
  let answer;
  try {
    const r = await fetch(path, {
      method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ ...fields, rev: String(job.rev ?? rev), token }),
    });
    answer = await r.json().catch(() => ({ say: r.statusText }));
    if (r.status === 409) { apply(answer, true); bar(answer.say); return false; }
    if (r.status >= 500) { bar(answer.say, W.again, () => { bar(''); post(path, fields); }); return false; }
    if (!r.ok) { toast(answer.say || W.not_possible); return false; }
  } catch {
    job.rev ??= rev;
    if (waiting.length < 50) waiting.push(job);
    $('#saved').textContent = String(waiting.length) + ' …';
    bar(W.gone, W.again, again);
    return false;
  }
  bar(''); apply(answer);
  if (answer.warn) bar(answer.warn);
  channel?.postMessage(rev);
  return answer;
}
function again() { const all = waiting; waiting = []; $('#saved').textContent = W.saved; bar(''); for (const j of all) busy = busy.then(() => send(j)); }
addEventListener('beforeunload', e => { if (waiting.length) e.preventDefault(); });
const turn = which => post('/d/0/' + which).then(a => { // to the place, or a link to it
  const e = a && a.view === view && document.getElementById(a.focus);
  if (e) focus(e, 'jump'); else if (a && a.href && !a.reload) toast(a.say, a.href);
});

// --- an answer: rows and items as they are now
function apply(a, quiet) {
  if (a.rev === undefined) return;
  rev = a.rev;
  const key = at?.dataset.key, id = at?.id;
  if (a.reload && view === 'align') { location.href = a.href || '/d/0/rows'; return; }
  if (view === 'align') {
    const gone = new Set(a.drop);
    let place = at && gone.has(key) ? at.previousElementSibling : null;
    if (a.moved) for (const e of $$('.row')) { const n = +e.getAttribute('aria-rowindex'); if (n > a.moved[0]) number(e, n + a.moved[1]); }
    for (const k of a.drop) document.getElementById('r' + k)?.remove();
    for (const r of a.rows) {
      const e = fragment(r.html), old = document.getElementById('r' + r.key), before = document.getElementById('r' + r.after);
      if (old) old.replaceWith(e); else if (before) before.after(e);
      else if (!r.after && body.dataset.from === '0') $('#rows').prepend(e);
    }
    if (a.map) { body.dataset.map = a.map; mini(); }
    const again = document.getElementById(a.focus && a.view === view && (!key || !document.getElementById('r' + key)) ? a.focus : 'r' + key);
    const target = again || place || items()[0];
    at = null; if (target) focus(target, 'stay');
  }
  for (const i of a.items) { const old = document.getElementById(i.id); if (old) old.replaceWith(fragment(i.html)); }
  if (view !== 'align' && id) { const e = document.getElementById(id); at = null; if (e) focus(e, 'stay'); }
  count(a);
  if (a.say && !quiet) a.view && a.view !== view ? 0 : toast(a.say);
}
function number(e, n) { e.setAttribute('aria-rowindex', n); $('.n', e).textContent = n; }
function count(a) {
  const c = a.counts, put = (id, n) => { const e = $(id); if (e) e.textContent = n; };
  put('#n-look', c.look); put('#n-terms', c.terms); put('#n-findings', c.findings); put('#done', c.pinned); put('#all', c.rows);
  $('.meter').setAttribute('aria-valuenow', c.pinned); $('#mt').setAttribute('width', c.rows ? 100 * c.pinned / c.rows : 0);
  if (view === 'align') for (const chip of $$('.chip')) { const n = c[chip.dataset.filter || 'rows']; if (n !== undefined) $('b', chip).textContent = n; }
  $('#undo').disabled = !a.undo; $('#redo').disabled = !a.redo;
}

// --- focus
function focus(e, how) {
  if (!e) return;
  if (at && at !== e) { at.classList.remove('on'); at.tabIndex = -1; }
  at = e; e.classList.add('on'); e.classList.remove('changed'); e.tabIndex = 0; if (view === 'align') e.dataset.col = col;
  if (!e.contains(document.activeElement)) e.focus({ preventScroll: true });
  if (how !== 'click') {
    const block = how === 'jump' ? 'center' : 'nearest';
    e.scrollIntoView({ block, behavior: 'instant' });
    if (how === 'jump') requestAnimationFrame(() => e.scrollIntoView({ block, behavior: 'instant' }));
  }
  here(); detail();
}
const index = () => items().indexOf(at);
function step(d) { const all = items(), e = all[index() + d]; if (e) focus(e); else if (d > 0) $('[rel=next]')?.click(); else $('[rel=prev]')?.click(); }
const wants = e => view === 'align' ? /\blook\b/.test(e.dataset.f) && !/ok|fix/.test(e.dataset.st) : e.dataset.st === 'auto';
async function next(d = 1) {
  const all = items(); let i = index() + d;
  while (all[i] && !wants(all[i])) i += d;
  if (all[i]) return focus(all[i], 'jump');
  if (view === 'align' && at) {
    const end = all[d > 0 ? all.length - 1 : 0];
    const r = await fetch(`/d/0/next?after=${end.dataset.key}&way=${d > 0 ? 'on' : 'back'}`).then(r => r.json()).catch(() => ({}));
    if (r.key && !document.getElementById('r' + r.key)) { location.href = '/d/0/rows?row=' + r.key; return; }
  }
  toast(W.nothing_more);
}
let detailed = 0, last = '';
function detail() {
  const box = view === 'align' ? $('#why') : view === 'terms' ? $('#card') : null;
  if (!box || !at) return;
  const path = view === 'align' ? `/d/0/rows/${at.dataset.key}/why` : `/d/0/terms/${at.dataset.id}`, want = path + '@' + rev;
  if (want === last) return;
  last = want; clearTimeout(detailed);
  detailed = setTimeout(async () => {
    const r = await fetch(path).catch(() => null);
    if (r?.ok && want === last) box.innerHTML = await r.text();
  }, 30);
}
document.addEventListener('mousedown', ev => {
  const e = ev.target.closest(SEL); if (!e || mode === 'split' || mode === 'write' || ev.target.closest('button,a,textarea,input')) return;
  if (view === 'align') col = ev.target.closest('.en') ? 'en' : 'zh';
  focus(e, 'click');
});
let tied = [];
document.addEventListener('mouseover', ev => {
  const m = ev.target.closest('m[data-t],.ev b[data-t]'); tied.forEach(x => x.classList.remove('tie')); tied = [];
  const r = m?.closest('.row') || (m && at); if (r) tied = $$(`m[data-t="${m.dataset.t}"]`, r); tied.forEach(x => x.classList.add('tie'));
});

// --- map
function mini() {
  const svg = $('#mini'); if (!svg) return;
  const C = { o: 'c-ok', s: 'c-sure', d: 'c-doubt', b: 'c-bad' }, map = body.dataset.map, n = map.length, NS = 'http://www.w3.org/2000/svg';
  svg.setAttribute('viewBox', `0 0 12 ${Math.max(n, 1)}`); svg.textContent = '';
  for (let i = 0; i < n;) {
    let j = i; while (j < n && map[j] === map[i]) j++;
    const r = document.createElementNS(NS, 'rect'); r.setAttribute('class', C[map[i]]); r.setAttribute('width', 12); r.setAttribute('y', i); r.setAttribute('height', j - i - .12); svg.append(r); i = j;
  }
  const h = document.createElementNS(NS, 'rect'); h.id = 'here'; h.setAttribute('class', 'here'); h.setAttribute('width', 12); svg.append(h); here();
}
function here() {
  const h = $('#here'); if (!h || !at) return;
  const n = body.dataset.map.length, rows = +$('#all').textContent || 1, size = Math.max(n / 120, n / rows);
  h.setAttribute('y', (+at.getAttribute('aria-rowindex') - 1) * n / rows); h.setAttribute('height', size);
}
$('#mini')?.addEventListener('click', ev => {
  const b = $('#mini').getBoundingClientRect(), rows = +$('#all').textContent;
  goto(Math.min(rows, Math.floor((ev.clientY - b.top) / b.height * rows) + 1));
});
function goto(where) {
  const e = $$('.row').find(e => e.getAttribute('aria-rowindex') === String(where));
  if (e) focus(e, 'jump'); else location.href = '/d/0/rows?go=' + encodeURIComponent(where);
}
function ask() {
  const d = el('dialog'); d.id = 'go'; const f = el('form'); f.method = 'dialog'; const l = el('label', '', W.goto_ask), i = el('input'); l.append(i); f.append(l); d.append(f); body.append(d);
  f.onsubmit = () => { if (i.value.trim()) goto(i.value.trim()); }; d.onclose = () => d.remove(); d.showModal();
}

// --- operations on rows
const op = (name, fields, after) => { if (!at) return; const here = at; return post(`/d/0/rows/${here.dataset.key}/${name}`, fields).then(a => { if (a && after) after(); return a; }); };
const side = () => ({ side: col });
function read(p) { // the text of a cell: what a chip stands for, and none of our own signs
  let t = ''; const w = document.createTreeWalker(p, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (w.nextNode()) { const n = w.currentNode; if (n.nodeType === 3) { if (!n.parentElement.closest('.more')) t += n.data; } else if (n.matches('.ctl')) t += String.fromCodePoint(+n.dataset.code); }
  return t;
}
// A cell that is cut short is shown whole before anything is done to its text.
function whole_first() { const m = $('.more', at); m?.click(); return m; }
function write() {
  if (!at || whole_first()) return;
  const row = at, cells = $$(`p.${col}.s`, row), name = col, slot = $(`p.${col}.slot`, row); mode = 'write';
  const was = cells.map(read).filter(t => t).join(col === 'en' ? ' ' : ''), box = el('textarea', 'write ' + col);
  box.value = was; box.lang = cells[0]?.lang || (col === 'en' ? 'en' : 'zh'); box.setAttribute('aria-label', col);
  cells.concat(slot || []).forEach(p => { p.hidden = true; });
  const place = cells[0] || slot; if (place) place.before(box); else row.append(box);
  box.focus(); let over = false;
  const end = save => {
    if (over) return; over = true; mode = ''; box.remove(); cells.concat(slot || []).forEach(p => { p.hidden = false; });
    row.focus(); if (save && box.value.trim() !== was.trim()) post(`/d/0/rows/${row.dataset.key}/edit`, { side: name, text: box.value });
  };
  box.addEventListener('keydown', ev => {
    if (ev.isComposing || ev.keyCode === 229) return;
    if (ev.key === 'Escape') { ev.preventDefault(); ev.stopPropagation(); end(false); }
    else if (ev.key === 'Enter' && (ev.ctrlKey || ev.metaKey)) { ev.preventDefault(); ev.stopPropagation(); end(true); }
  });
  box.addEventListener('blur', () => end(true));
}

// --- splitting: joints on both sides, one of each chosen
let cut = null;
function split() {
  if (!at || whole_first()) return;
  const row = at, sides = {};
  for (const s of ['zh', 'en']) {
    const all = []; // every place: piece and character; the good ones are ends of sentences and clauses
    $$(`p.${s}.s`, row).forEach((p, k) => {
      const [seg, from] = (p.dataset.piece || '').split('@'); if (!seg) return;
      const text = [...read(p)];
      if (k > 0) all.push({ p, at: 0, name: p.dataset.piece, rank: 3 });
      if (p.classList.contains('edited')) return;
      for (let i = 1; i < text.length; i++) {
        const b = text[i - 1], n = text[i], stop = /[。！？；!?;]/.test(b) || b === '.' && n === ' ', pause = /[，：、,:]/.test(b);
        const start = s === 'en' && n === ' ' ? i + 1 : i; if (start >= text.length || /[”’」』）)。]/.test(n)) continue;
        all.push({ p, at: start, name: `${seg}@${+(from || 0) + start}`, rank: stop ? 2 : pause ? 1 : 0 });
      }
    });
    const best = Math.max(0, ...all.map(j => j.rank)), good = all.filter(j => j.rank === best), mid = $$(`p.${s}.s`, row).map(read).join('').length / 2;
    sides[s] = { all, on: good[(good.length - 1) >> 1] || null, mid };
  }
  if (!sides.zh.all.length && !sides.en.all.length) return toast(W.no_joint);
  mode = 'split'; cut = { row, sides }; row.classList.add('split'); if (!sides[col].all.length) col = col === 'zh' ? 'en' : 'zh';
  const a = el('div', 'ask'); const hint = (keys, t, f) => { const s = el('span'); keys.forEach(k => s.append(el('kbd', '', k))); s.append(t); if (f) { s.style.cursor = 'pointer'; s.onclick = f; } a.append(s); };
  hint(['←', '→'], W.other_place); hint(['Shift ←', 'Shift →'], W.by_characters); hint(['Tab'], W.other_side); hint(['−'], W.here_none, whole); hint(['Enter'], W.split_here, cleave); hint(['Esc'], W.leave, leave);
  row.append(a); draw();
}
function draw() {
  $$('.joint', cut.row).forEach(j => j.remove()); cut.row.normalize(); cut.row.dataset.col = col;
  for (const s of ['zh', 'en']) {
    const { on } = cut.sides[s]; if (!on) continue;
    const j = el('i', 'joint here1'); let left = on.at; const w = document.createTreeWalker(on.p, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let put = false;
    while (!put && w.nextNode()) {
      const n = w.currentNode;
      if (n.nodeType === 3) { const cs = [...n.data]; if (left <= cs.length) { const r = document.createRange(); r.setStart(n, cs.slice(0, left).join('').length); r.collapse(true); r.insertNode(j); put = true; } else left -= cs.length; }
      else if (n.matches('.ctl')) left -= 1;
    }
    if (!put) on.p.prepend(j);
  }
}
function joint(d, fine) {
  const s = cut.sides[col], list = fine ? s.all : s.all.filter(j => j.rank > 0 || j === s.on), from = list.length ? list : s.all;
  const i = from.indexOf(s.on); s.on = from[Math.max(0, Math.min(from.length - 1, i < 0 ? 0 : i + d))] || null; draw();
}
const whole = () => { const o = cut.sides[col === 'zh' ? 'en' : 'zh']; if (o.on) cut.sides[col].on = null; draw(); };
function leave() { const r = cut.row; $$('.joint,.ask', r).forEach(e => e.remove()); r.normalize(); r.classList.remove('split'); mode = ''; cut = null; r.focus(); }
function cleave() { const { sides } = cut, f = { zh: sides.zh.on?.name || '', en: sides.en.on?.name || '' }; leave(); op('split', f); }

// --- tying: choose the other row
let picked = null;
function tie() {
  if (mode === 'pick') {
    const from = picked; unpick(); if (!at || at === from.row) return;
    post(`/d/0/rows/${from.row.dataset.key}/tie`, { side: from.col, to: at.dataset.key }); return;
  }
  if (at && $('.slot a', at)) return op('untie');
  mode = 'pick'; picked = { row: at, col }; at.classList.add('picked'); bar(W.pick, W.leave, unpick);
}
function unpick() { picked?.row.classList.remove('picked'); picked = null; mode = ''; bar(''); }

// --- terms and findings
const decide = (kind, name, on) => { if (!at) return; const here = at; post(`/d/0/${kind}/${here.dataset.id}/${name}`).then(a => { if (a && on) next(); }); };

// --- buttons
document.addEventListener('click', ev => {
  const press = ev.target.closest('[data-press]'), more = ev.target.closest('.more');
  if (more) { fetch('/d/0/rows/' + more.dataset.row).then(r => r.text()).then(h => { const old = document.getElementById('r' + more.dataset.row); const e = fragment(h); old.replaceWith(e); at = null; focus(e, 'stay'); }); return; }
  if (!press) return;
  ev.preventDefault();
  const f = press.closest('.f'); if (f) focus(f, 'click');
  const [k, ...m] = press.dataset.press.split('+').reverse(); key(k, m.includes('Shift'), false, ev.target);
});
$('#act').addEventListener('submit', ev => {
  const b = ev.submitter, path = b?.getAttribute('formaction'); if (!path) return; ev.preventDefault();
  const row = b.closest('.row'); if (row) focus(row, 'click');
  if (path.endsWith('/undo') || path.endsWith('/redo')) return void turn(path.split('/').pop());
  const fields = {}; new FormData(ev.target).forEach((v, k) => { fields[k] ??= String(v); }); delete fields.rev; delete fields.token;
  if (path === '/d/0/export') return void post(path);
  post(path, fields);
});
$('#helpb').onclick = () => $('#help').showModal();
$('#theme').onclick = ev => {
  ev.preventDefault(); const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark'; document.cookie = `align_theme=${root.dataset.theme}; SameSite=Strict; Path=/; Max-Age=31536000`;
};
const whyb = $('#whyb'); const why = () => { const w = $('.work'); if (innerWidth <= 1180) w.classList.toggle('why1'); else w.classList.toggle('nowhy'); }; if (whyb) whyb.onclick = why;

// --- keys: never while text is written; under a Chinese input method the key cap counts
const FULL = { '？': '?', '、': '/', '／': '/', '【': '[', '】': ']', '。': '.', '．': '.' };
function key(k, shift, ctrl, target) {
  const done = name => op(name, {}, () => next());
  if (ctrl && k === 'z') return void turn(shift ? 'redo' : 'undo'), true;
  if (ctrl && k === 'y') return void turn('redo'), true;
  if (ctrl) return false;
  const common = { ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1), n: () => next(), p: () => next(-1), Home: () => focus(items()[0], 'jump'), End: () => focus(items().at(-1), 'jump'), '?': () => $('#help').showModal(), '/': () => $('#find')?.focus(), '1': () => tab(0), '2': () => tab(1), '3': () => tab(2), '4': () => tab(3) };
  const align = {
    ArrowLeft: () => column('zh'), h: () => column('zh'), ArrowRight: () => column('en'), l: () => column('en'), '[': () => heading(-1), ']': () => heading(1), g: ask,
    Enter: () => mode === 'pick' ? tie() : shift ? op('confirm-up-to') : /ok|fix/.test(at?.dataset.st) ? next() : done('confirm'), c: () => op('toggle'), q: () => op('look'), b: () => op('mark'), t: () => $('#note')?.focus(),
    m: () => op(shift ? 'merge-above' : 'merge'), s: split, d: () => op(shift ? 'shift-down' : 'down', side()), u: () => op(shift ? 'shift-up' : 'up', side()), o: () => op('part'), w: () => op('swap'), x: tie, e: write, r: () => op(shift ? 'realign-all' : 'realign'), y: () => op('other'), '.': why, Escape: () => mode === 'pick' && unpick(),
  };
  const terms = { a: () => decide('terms', shift ? 'prefer' : 'accept', true), r: () => decide('terms', 'reject', true), f: () => decide('terms', 'forbid', true), c: () => decide('terms', 'candidate'), e: () => { const d = $('#tedit'); if (d) { d.open = true; $('input', d).focus(); } }, t: () => { const d = $('#tedit'); if (d) { d.open = true; $('[name=note]', d).focus(); } }, o: () => $('#card .torow')?.click() };
  const check = { a: () => decide('findings', shift ? 'alike' : 'accept', true), f: () => decide('findings', 'fault', true), c: () => decide('findings', 'open'), o: () => $('.torow', at)?.click() };
  const act = ({ align, terms, check }[view] || {})[k] || common[k];
  if (!act) return false;
  act(target); return true;
}
const tab = n => $$('.tabs a')[n]?.click();
function column(c) { col = c; if (at) at.dataset.col = c; }
function heading(d) { const all = items(); let i = index() + d; while (all[i] && !/k-(heading|title)/.test(all[i].className)) i += d; if (all[i]) focus(all[i], 'jump'); }
document.addEventListener('keydown', ev => {
  if (ev.isComposing || ev.altKey) return;
  const t = ev.target;
  if ($('#help').open) { if (ev.key === '?') $('#help').close(); return; }
  if (t.closest('dialog')) return;
  if (t.matches('input,textarea,select,[contenteditable]')) { if (ev.key === 'Escape') { t.blur(); at?.focus(); } return; }
  if (ev.keyCode === 229 && !ev.code) return;
  const ime = ev.keyCode === 229 || ev.key === 'Process';
  const k = ime ? ev.code.replace(/^(Key|Digit)/, '').toLowerCase() : FULL[ev.key] || (ev.key.length === 1 ? ev.key.toLowerCase() : ev.key);
  if (mode === 'split') {
    const f = { ArrowLeft: () => joint(-1, ev.shiftKey), ArrowRight: () => joint(1, ev.shiftKey), Tab: () => { col = col === 'zh' ? 'en' : 'zh'; draw(); }, '-': whole, Backspace: whole, Enter: cleave, Escape: leave }[ev.key];
    if (f) { ev.preventDefault(); f(); } return;
  }
  if (t.matches('button,a,summary') && (k === 'Enter' || k === ' ')) return;
  if (key(k, ev.shiftKey, ev.ctrlKey || ev.metaKey, t)) ev.preventDefault();
});

// --- other windows
let channel = null; try { channel = new BroadcastChannel('align'); channel.onmessage = ev => { if (ev.data > rev) catchUp(); }; } catch { /* an old browser */ }
async function catchUp() {
  if (mode) return;
  const r = await fetch('/d/0/since/' + rev).catch(() => null);
  if (r?.status === 410) location.reload(); else if (r?.ok) { const a = await r.json(); if (a.rev !== rev) apply({ ...a, say: '' }, true); }
}
addEventListener('focus', catchUp);

mini(); top();
const first = document.getElementById({ align: 'r', terms: 't', check: 'f' }[view] + (body.dataset.focus || '')) || (location.hash && document.getElementById(location.hash.slice(1))) || items().find(wants) || items()[0];
if (first) { last = view === 'align' ? `/d/0/rows/${first.dataset.key}/why@${rev}` : view === 'terms' ? `/d/0/terms/${first.dataset.id}@${rev}` : ''; if (view === 'terms' && !$('#card').childElementCount) last = ''; focus(first, items().indexOf(first) > 2 ? 'jump' : ''); }
})();
