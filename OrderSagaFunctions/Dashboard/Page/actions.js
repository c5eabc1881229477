// What can be done about an order: which actions apply, why others do not, and the question before each.

import { h } from './dom.js';
import { path, send } from './api.js';
import { ask } from './dialog.js';
import { isOperator, name } from './session.js';
import { isStopped } from './states.js';

const MASTER = 'needs the master key';

const BY = () => ({ name: 'by', label: 'Your name', value: name.get() });
const REASON = { name: 'reason', label: 'Reason', lines: 2 };

/** The actions on an order: [{ id, title, unless, …question }]; `unless` says why one cannot be taken. `pivot`: its saga's point of no return. */
function actionsOf(order, pivot) {
  const { saga, review, orderId } = order;
  const isOver = isStopped(saga.runtimeStatus);
  const hasOpen = saga.incidents.some(({ status }) => status === 'Open');
  return [
    ...['Approve', 'Reject'].map(title => ({
      id: title,
      title,
      unless: whyNoReview(review),
      text: title === 'Approve'
        ? `Order ${orderId} goes on: it is charged and its stock is reserved. The first decision stands.`
        : `Order ${orderId} goes back and ends as failed; nothing is charged. The first decision stands.`,
      fields: [{ ...BY(), required: true }, { name: 'comment', label: 'Comment', lines: 2 }],
      isDanger: title === 'Reject',
      act: ({ by, comment }) => send(path(['orders', orderId, 'review']), { approved: title === 'Approve', reviewer: by, ...(comment && { comment }) }),
    })),
    {
      id: 'Cancel',
      title: 'Cancel order',
      unless: saga.outcome === 'Cancelled' ? 'it is cancelled' : saga.outcome ? `its saga has ended: ${saga.outcome}`
        : saga.steps.some(step => step.name === pivot && step.outcome === 'Succeeded') ? 'its saga has passed its pivot' : null,
      text: `Order ${orderId} goes back: what was charged is refunded, and what was reserved is released. It ends as cancelled.`,
      isDanger: true,
      act: note => send(path(['orders', orderId, 'cancel']), noteOf(note)),
    },
    {
      id: 'Retry',
      title: 'Retry parked step',
      unless: !isOperator() ? MASTER : saga.parked ? null : 'its saga is not parked',
      text: `${saga.parked?.state ?? 'The step'} is tried again with all its attempts, and the saga goes on from there.`,
      act: note => send(path(['orders', orderId, 'retry']), noteOf(note)),
    },
    {
      id: 'Recover',
      title: 'Recover',
      unless: !isOperator() ? MASTER : !isOver ? 'its saga runs' : ['Succeeded', 'Cancelled'].includes(saga.outcome) ? `its saga has ended: ${saga.outcome}`
        : hasOpen && saga.outcome ? 'it has an open incident: deal with that first' : null,
      text: `A new saga takes up order ${orderId} from its last save point: what is done is not done again, and the rest is tried anew.`,
      act: note => send(path(['orders', orderId, 'recover']), noteOf(note)),
    },
  ];
}

/** The actions on an incident. */
function actionsOfIncident(orderId, incident) {
  const closed = incident.status === 'Closed' ? `it is closed: ${incident.resolution ?? ''}` : null;
  return [
    {
      id: `Retry-${incident.id}`,
      title: 'Retry',
      unless: !isOperator() ? MASTER : closed,
      text: `${incident.compensation} runs again, with all its attempts. If it succeeds, the incident is closed.`,
      act: note => send(path(['incidents', orderId, incident.id, 'retry']), noteOf(note)),
    },
    {
      id: `Close-${incident.id}`,
      title: 'Close',
      unless: !isOperator() ? MASTER : closed,
      text: `You say that ${incident.compensation} of order ${orderId} was dealt with by hand. Nothing is run. This cannot be taken back.`,
      fields: [BY(), { ...REASON, required: true }],
      isDanger: true,
      act: note => send(path(['incidents', orderId, incident.id, 'close']), noteOf(note)),
    },
  ];
}

export const orderActions = (order, definition, onDone) => buttons(actionsOf(order, definition.states.find(({ kind }) => kind === 'Pivot')?.name), onDone, order.orderId);

/** The buttons to approve and reject. */
export const reviewActions = (order, onDone) => buttons(actionsOf(order).slice(0, 2), onDone, order.orderId);

export const incidentActions = (orderId, incident, onDone) => buttons(actionsOfIncident(orderId, incident), onDone, incident.id);

function buttons(actions, onDone, about) {
  return h('div', { class: 'actions' },
    h('div', { class: 'buttons' }, actions.map(action => h('button', {
      type: 'button',
      key: action.id,
      class: action.isDanger ? 'danger' : 'primary',
      'aria-disabled': action.unless ? 'true' : null,
      'aria-label': action.unless ? `${action.title} ${about}: not possible, ${action.unless}` : `${action.title} ${about}`,
      title: action.unless ? `Not possible: ${action.unless}` : null,
      onclick: action.unless ? null : () => take(action, onDone),
    }, action.title))),
    h('details', { class: 'reasons', key: 'reasons', hidden: !actions.some(({ unless }) => unless) },
      h('summary', {}, 'Why some cannot be taken'),
      h('ul', {}, actions.filter(({ unless }) => unless).map(({ title, unless }) => h('li', {}, `${title}: ${unless}.`)))));
}

async function take(action, onDone) {
  const fields = action.fields ?? [BY(), REASON];
  const given = await ask({ title: action.title, text: action.text, confirm: action.title, isDanger: action.isDanger, fields, act: action.act });
  if (!given) return;
  if (given.by) name.set(given.by);
  onDone(`${action.title}: accepted.`);
}

const noteOf = ({ by, reason }) => ({ ...(by && { by }), ...(reason && { reason }) });

function whyNoReview(review) {
  if (!review) return 'it needs no review';
  const { status, decision } = review;
  if (status === 'Waiting') return null;
  return { TimedOut: 'nobody decided in time', Withdrawn: 'its saga waits no more' }[status] ?? `${status} by ${decision?.reviewer || 'somebody'}`;
}
