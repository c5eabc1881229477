// A question before something is done: what will happen, what is asked for, and what went wrong where it was refused.

import { h } from './dom.js';

/**
 * Asks, and returns the fields' values, or null where the dialog was closed. With `act`, the dialog stays open until that has
 * worked, and shows the message of what it throws.
 */
export function ask({ title, text, fields = [], confirm, isDanger = false, act }) {
  return new Promise(resolve => {
    const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    const submit = h('button', { type: 'submit', class: isDanger ? 'danger' : 'primary' }, confirm);
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title' },
      h('form', { method: 'dialog' },
        h('h2', { id: 'dialog-title' }, title),
        [text].flat().filter(Boolean).map(part => h('p', {}, part)),
        fields.map(field),
        problem,
        h('div', { class: 'buttons' },
          h('button', { type: 'button', onclick: () => dialog.close() }, 'Back'),
          submit)));
    let result = null;
    dialog.querySelector('form').onsubmit = async event => {
      event.preventDefault();
      const values = Object.fromEntries(fields.map(({ name }) => [name, dialog.querySelector(`[name="${name}"]`).value.trim()]));
      submit.disabled = true;
      try {
        await act?.(values);
        result = values;
        dialog.close();
      } catch (error) {
        problem.hidden = false;
        problem.textContent = describe(error);
        submit.disabled = false;
      }
    };
    dialog.onclose = () => {
      dialog.remove();
      resolve(result);
    };
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What went wrong, with the decision that stands where somebody else was first. */
export function describe(error) {
  const { title, decision, errors } = error.problem ?? {};
  if (errors) return errors.map(({ field, expected, found }) => `${field}: expected ${expected}, found ${found}.`).join(' ');
  const stands = decision && !decision.timedOut
    ? ` ${decision.approved ? 'Approved' : 'Rejected'} by ${decision.reviewer}${decision.comment ? `: “${decision.comment}”` : ''}.`
    : '';
  return `${title ? `${title}. ` : ''}${error.message}${stands}`;
}

function field({ name, label, type = 'text', required = false, value = '', lines }) {
  const input = lines
    ? h('textarea', { name, id: `field-${name}`, rows: lines, required, maxlength: 1000 }, value)
    : h('input', { name, id: `field-${name}`, type, required, value, maxlength: type === 'password' ? null : 100, autocomplete: 'off' });
  return h('p', { class: 'field' }, h('label', { for: `field-${name}` }, label, required ? null : h('span', { class: 'soft' }, ' (optional)')), input);
}
