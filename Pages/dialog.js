// A question before something is done: what will happen, what is asked for, and what went wrong where it was refused.
// Each page has its own describe.js, which puts a refusal into words.

import { describe } from './describe.js';
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

function field({ name, label, type = 'text', required = false, value = '', lines, most }) {
  const input = lines
    ? h('textarea', { name, id: `field-${name}`, rows: lines, required, maxlength: most ?? 1000 }, value)
    : h('input', { name, id: `field-${name}`, type, required, value, maxlength: type === 'password' ? null : 100, autocomplete: 'off' });
  return h('p', { class: 'field' }, h('label', { for: `field-${name}` }, label, required ? null : h('span', { class: 'soft' }, ' (optional)')), input);
}
