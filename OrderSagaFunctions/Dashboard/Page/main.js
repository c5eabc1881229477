// The frame: which view the address names, when it is read anew, and what is said about the connection.

import { draw, h } from './dom.js';
import { askForKey, isOperator, probe, ROLES, session } from './session.js';
import { describe } from './describe.js';
import { crashButton, demo, loadDemo } from './demo.js';
import { length } from './format.js';
import { ordersView } from './orders.js';
import { orderView } from './order.js';
import { placeView } from './place.js';
import { queuesView } from './queues.js';

const EVERY = 1000;
const EVERY_WHEN_HIDDEN = 30_000;
const LONGEST_PAUSE = 8000;
const VIEWS = { orders: ordersView, order: orderView, queues: queuesView, place: placeView };
const NAMES = { orders: 'Orders', queues: 'Queues', place: 'Place an order' };

const header = document.getElementById('header');
const notice = document.getElementById('notice');
const content = document.getElementById('content');

let route = null;
let view = null;
let loading = null;
let endPause = () => { };
let isDue = false;
let failures = 0;
let lostSince = null;
let isDrawn = false;

/** What a view is drawn with. */
const frame = () => ({
  now: new Date(),
  query: route.query,
  address,
  link: changes => address(route.name, { ...route.query, ...changes }, route.id),
  orderAddress: id => address('orders', {}, id),
  go: changes => { location.hash = address(route.name, { ...route.query, ...changes }, route.id); },
  redraw,
  refresh: text => {
    say(text);
    wake();
  },
});

function address(name, query = {}, id = null) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return `#/${name}${id ? `/${encodeURIComponent(id)}` : ''}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}

function parse(hash) {
  const [place, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, id] = place.split('/');
  return { name: name in NAMES ? name : isOperator() ? 'orders' : 'place', id: id ? decodeURIComponent(id) : null, query: Object.fromEntries(new URLSearchParams(query)) };
}

function navigate() {
  // The link that skips to the content is no address of a view.
  if (location.hash === '#content') return;
  const last = route;
  route = parse(location.hash);
  if (!last || last.name !== route.name || last.id !== route.id) {
    view = VIEWS[route.id ? 'order' : route.name](route);
    isDrawn = false;
    delete document.documentElement.dataset.ready;
    document.title = `${view.title} – order saga`;
  } else {
    redraw();
  }
  drawHeader();
  loading?.abort();
  wake();
}

function drawHeader() {
  draw(header,
    h('a', { class: 'brand', href: '#/orders' }, 'Order saga'),
    h('nav', { 'aria-label': 'Views' },
      Object.entries(NAMES).map(([name, title]) => h('a', { href: `#/${name}`, key: name, 'aria-current': route?.name === name && !route.id ? 'page' : null }, title)),
      h('a', { href: 'openapi.json', key: 'api' }, 'API')),
    h('div', { class: 'side' },
      demo.isDemo ? h('span', { class: 'chip waiting' }, 'Demo') : null,
      crashButton(crashed),
      session.needsKey ? h('button', { type: 'button', title: ROLES[session.role], onclick: changeKey }, session.role === 'none' ? 'Give a key' : `Key: ${session.role}`) : null));
}

// A host that is back before it is next asked was away all the same.
function crashed() {
  lostSince ??= Date.now();
  say('The host has killed itself.');
  wake();
}

async function changeKey() {
  if (await askForKey()) {
    say(ROLES[session.role]);
    view = null;
    route = null;
    navigate();
  }
}

function redraw() {
  if (!isDrawn) return;
  draw(content, view.render(frame()));
}

function say(text, isProblem = false) {
  notice.hidden = !text;
  notice.className = isProblem ? 'problem' : '';
  notice.textContent = text ?? '';
}

/** Reads the view's data and draws it; the times on it go on also where nothing has changed. */
async function poll() {
  const mine = view;
  loading = new AbortController();
  try {
    await mine.load(route, loading.signal, redraw);
    if (mine !== view) return;
    performance.mark('data');
    const isFirst = !isDrawn;
    isDrawn = true;
    redraw();
    if (isFirst) {
      performance.measure('first drawing', 'data');
      document.documentElement.dataset.ready = 'true';
    }
    if (lostSince) say(`The host answers again, after ${length(Date.now() - lostSince)}.`);
    [failures, lostSince] = [0, null];
  } catch (error) {
    if (error.name === 'AbortError') return;
    await fail(error, mine);
  }
}

async function fail(error, mine) {
  if (error.status === 401 || error.status === 403) {
    await probe();
    drawHeader();
    if (session.role === 'none' && await askForKey()) return;
    show(ROLES[session.role]);
    failures = 3;
    return;
  }
  if (error.status >= 400 && error.status < 500) {
    show(describe(error));
    failures = 3;
    return;
  }
  failures++;
  lostSince ??= Date.now();
  say(error.status ? `${describe(error)} Trying again.` : 'The host does not answer. Trying again.', true);

  // What is on the page stays, unless there is nothing yet.
  function show(text) {
    if (isDrawn || mine !== view) say(text, true);
    else draw(content, h('h1', { tabindex: -1 }, mine.title), h('p', { class: 'problem', role: 'alert' }, text));
    document.documentElement.dataset.ready = 'true';
  }
}

async function run() {
  await start();
  addEventListener('hashchange', navigate);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });
  matchMedia('(min-width: 900px)').addEventListener('change', redraw);
  navigate();
  while (true) {
    isDue = false;
    await poll();
    if (isDue) continue;
    const pause = document.hidden ? EVERY_WHEN_HIDDEN : failures ? Math.min(LONGEST_PAUSE, EVERY / 2 * 2 ** (failures - 1)) : isDrawn ? EVERY : 0;
    await new Promise(resolve => {
      const timer = setTimeout(resolve, pause);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Reads anew at once. */
function wake() {
  isDue = true;
  endPause();
}

/** Asks who works here; as often as it takes, where the host is not up. */
async function start() {
  while (true) {
    try {
      await probe();
      if (session.role === 'none') await askForKey();
      await loadDemo();
      return;
    } catch {
      say('The host does not answer. Trying again.', true);
      await new Promise(resolve => setTimeout(resolve, EVERY));
    }
  }
}

await run();
