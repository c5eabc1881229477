// The frame: which view the address names, when it is read anew, the key, and what is said about the connection.

import { hasKey, read, useKey } from './api.js';
import { describe } from './describe.js';
import { ask } from './dialog.js';
import { draw, h } from './dom.js';
import { entitiesView } from './entities.js';
import { instanceView } from './instance.js';
import { instancesView } from './instances.js';

const EVERY = 2000;
const LONGEST_PAUSE = 15_000;
// What is slow to read is read less often: a page that is open takes no more than a part of the host's time.
const PAUSE_PER_READ = 10;
const NAMES = { instances: 'Orchestrations', entities: 'Entities' };

const [header, notice, content] = ['header', 'notice', 'content'].map(id => document.getElementById(id));

let route = null;
let view = null;
let isDrawn = false;
let failures = 0;
let isDue = false;
let loading = null;
let endPause = () => { };

const address = (name, query = {}, id = null) => {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return `#/${name}${id === null ? '' : `/${encodeURIComponent(id)}`}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
};

/** What a view is drawn with. */
const frame = () => ({
  query: route.query,
  link: changes => address(route.name, { ...route.query, ...changes }),
  instance: id => address('instances', {}, id),
  go: changes => { location.hash = address(route.name, { ...route.query, ...changes }); },
  /** After an action: says what was done, and goes to another instance or back to the list where that is where it leads. */
  done: (text, to) => {
    say(text);
    if (to === undefined) wake();
    else location.hash = to === null ? address('instances') : address('instances', {}, to);
  },
});

function parse(hash) {
  const [place, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, id] = place.split('/');
  return { name: name in NAMES ? name : 'instances', id: id ? decodeURIComponent(id) : null, query: Object.fromEntries(new URLSearchParams(query)) };
}

function navigate() {
  // The link that skips to the content is no address of a view.
  if (location.hash === '#content') return;
  const last = route;
  route = parse(location.hash);
  view = route.name === 'entities' ? entitiesView(route) : route.id === null ? instancesView(route) : instanceView(route);
  document.title = `${view.title} – Durable Functions`;
  delete document.documentElement.dataset.ready;
  isDrawn = false;
  drawHeader();
  if (last && (last.name !== route.name || last.id !== route.id)) content.focus();
  loading?.abort();
  wake();
}

function drawHeader() {
  draw(header,
    h('a', { class: 'brand', href: '#/instances' }, 'Durable Functions'),
    h('nav', { 'aria-label': 'Views' }, Object.entries(NAMES).map(([name, title]) =>
      h('a', { href: `#/${name}`, key: name, 'aria-current': route.name === name && route.id === null ? 'page' : null }, title))),
    hasKey() ? h('button', { type: 'button', class: 'side', onclick: askForKey }, 'Change the key') : null);
}

function say(text, isProblem = false) {
  notice.hidden = !text;
  notice.className = isProblem ? 'problem' : '';
  notice.textContent = text ?? '';
}

async function askForKey() {
  const given = await ask({
    title: 'Key',
    text: 'This host asks for a key. It is kept in the memory of this page alone: a reload asks again.',
    confirm: 'Use this key',
    fields: [{ name: 'key', label: 'Key (master or system key)', type: 'password', required: true }],
    act: async ({ key }) => {
      useKey(key);
      try {
        await read('instances?top=1&showInput=false');
      } catch (error) {
        useKey(null);
        throw error;
      }
    },
  });
  drawHeader();
  wake();
  return given !== null;
}

async function poll() {
  const mine = view;
  loading = new AbortController();
  try {
    await mine.load(loading.signal);
    if (mine !== view) return;
    draw(content, mine.render(frame()));
    isDrawn = true;
    document.documentElement.dataset.ready = 'true';
    if (failures) say('The host answers again.');
    failures = 0;
  } catch (error) {
    if (error.name === 'AbortError' || mine !== view) return;
    await fail(error);
  }
}

async function fail(error) {
  failures++;
  if (error.status === 401 || error.status === 403) {
    if (failures === 1 && await askForKey()) failures = 0;
    else show(describe(error), h('button', { type: 'button', onclick: askForKey }, 'Give a key'));
  } else if (error.status === 404) {
    show(describe(error));
  } else {
    say(error.status ? `${describe(error)} Trying again.` : 'The host does not answer. Trying again.', true);
  }
}

function show(text, ...further) {
  draw(content, h('h1', {}, view.title), h('p', { class: 'problem', role: 'alert' }, text), further);
  document.documentElement.dataset.ready = 'true';
}

/** Reads anew at once. */
function wake() {
  isDue = true;
  endPause();
}

async function run() {
  addEventListener('hashchange', navigate);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });
  navigate();
  while (true) {
    isDue = false;
    const from = performance.now();
    await poll();
    if (isDue) continue;
    const pause = Math.min(LONGEST_PAUSE, Math.max(EVERY * 2 ** Math.min(failures, 3), (performance.now() - from) * PAUSE_PER_READ));
    await new Promise(resolve => {
      // A page that nobody sees asks for nothing.
      const timer = setTimeout(() => { if (!document.hidden) resolve(); }, pause);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

await run();
