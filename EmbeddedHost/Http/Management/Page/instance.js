// One orchestration: what it was given, what it has done, and what can be done about it.

import { actions } from './actions.js';
import { path, read } from './api.js';
import { h } from './dom.js';
import { length, text, time } from './format.js';
import { chip, isOver } from './status.js';
import { timeline } from './timeline.js';

/** The view of one orchestration. */
export function instanceView({ id }) {
  let instance = null;

  return { title: id, load, render };

  // One that is over is read without its history, until it is no longer what it was.
  async function load(signal) {
    if (instance && isOver(instance.runtimeStatus)) {
      const { body } = await read(path(['instances', id], { showInput: false }), signal);
      if (['runtimeStatus', 'createdTime', 'lastUpdatedTime'].every(name => body[name] === instance[name])) return;
    }
    instance = (await read(path(['instances', id], { showHistory: true, showHistoryOutput: true }), signal)).body;
  }

  function render(frame) {
    const { name, runtimeStatus, createdTime, lastUpdatedTime } = instance;
    return [
      h('p', { class: 'soft' }, h('a', { href: '#/instances' }, 'Orchestrations'), ` / ${name}`),
      h('h1', {}, id, ' ', chip(runtimeStatus)),
      h('dl', { class: 'facts' }, [
        ['Name', name], ['Started', time(createdTime)], ['Last change', time(lastUpdatedTime)],
        [isOver(runtimeStatus) ? 'Took' : 'Since', length((isOver(runtimeStatus) ? new Date(lastUpdatedTime) : Date.now()) - new Date(createdTime))],
      ].map(([title, value]) => h('div', {}, h('dt', {}, title), h('dd', {}, value)))),
      actions(instance, frame),
      [['Custom status', instance.customStatus], ['Input', instance.input], ['Output', instance.output]].map(([title, value]) => value === null ? null : h('section', { key: title },
        h('h2', {}, title),
        h('pre', { tabindex: 0, 'aria-label': title }, text(value)))),
      h('h2', {}, 'History'),
      timeline(instance),
    ];
  }
}
