// What can be done about an orchestration: the actions that its status allows, and the question before each.

import { path, send } from './api.js';
import { ask } from './dialog.js';
import { h } from './dom.js';
import { isOver } from './status.js';

const REASON = { name: 'reason', label: 'Reason', lines: 2 };
// The longest body that the API takes is 4 MiB.
const LONGEST_EVENT = 1_000_000;

function actionsOf({ instanceId: id, runtimeStatus: status }) {
  const post = operation => ({ reason }) => send('POST', path(['instances', id, operation], { reason }));
  const all = [
    {
      title: 'Raise event',
      applies: !isOver(status),
      text: 'The orchestration receives an external event.',
      fields: [{ name: 'event', label: 'Name of the event', required: true }, { name: 'payload', label: 'Payload, as JSON', lines: 5, most: LONGEST_EVENT }],
      act: ({ event, payload }) => send('POST', path(['instances', id, 'raiseEvent', event]), jsonOf(payload)),
    },
    { title: 'Suspend', applies: !isOver(status) && status !== 'Suspended', text: 'It does nothing more until it is resumed.', act: post('suspend') },
    { title: 'Resume', applies: status === 'Suspended', text: 'It goes on from where it was suspended.', act: post('resume') },
    {
      title: 'Terminate',
      applies: !isOver(status),
      text: 'It ends at once, without undoing anything. Activities that run go on to their end; what they return is dropped. This cannot be taken back.',
      isDanger: true,
      act: post('terminate'),
    },
    { title: 'Rewind', applies: status === 'Failed', text: 'What failed is tried again, and the orchestration goes on from there.', act: post('rewind') },
    {
      title: 'Restart',
      applies: true,
      text: 'The same orchestrator starts again with the same input, as a new orchestration with an id of its own.',
      fields: [],
      act: async () => (await send('POST', path(['instances', id, 'restart']))).id,
      leadsTo: newId => newId,
    },
    {
      title: 'Purge',
      applies: isOver(status),
      text: 'It is deleted with its history. This cannot be taken back.',
      fields: [],
      isDanger: true,
      act: () => send('DELETE', path(['instances', id])),
      leadsTo: () => null,
    },
  ];
  return all.filter(({ applies }) => applies);
}

/** The buttons of the actions that apply. */
export const actions = (instance, frame) => h('div', { class: 'buttons', role: 'group', 'aria-label': 'Actions' }, actionsOf(instance).map(action => h('button', {
  type: 'button',
  key: action.title,
  class: action.isDanger ? 'danger' : 'primary',
  onclick: () => take(action, instance.instanceId, frame),
}, action.title)));

async function take({ title, text, isDanger, fields = [REASON], act, leadsTo }, id, frame) {
  let answer = null;
  const given = await ask({
    title: `${title}: ${id}`,
    text,
    confirm: title,
    isDanger,
    fields,
    act: async values => { answer = await act(values); },
  });
  if (given) frame.done(`${title}: accepted.`, leadsTo?.(answer));
}

function jsonOf(payload) {
  if (payload === '') return 'null';
  try {
    JSON.parse(payload);
    return payload;
  } catch {
    throw new Error('The payload is not JSON: a text needs quotation marks, as in "yes".');
  }
}
