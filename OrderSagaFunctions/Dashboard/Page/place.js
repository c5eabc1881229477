// Placing an order: the demo's scenarios, and a form.

import { h } from './dom.js';
import { path, read, send } from './api.js';
import { describe } from './describe.js';
import { demo } from './demo.js';

/** The view that places an order. */
export function placeView() {
  const lines = [0];
  let stock = [];
  let problem = null;

  return { title: 'Place an order', load, render };

  async function load(_, signal) {
    if (stock.length === 0) stock = await read('inventory', signal);
  }

  function render({ redraw, orderAddress }) {
    const place = async order => {
      try {
        const { orderId } = await send(path(['orders']), order);
        location.hash = orderAddress(orderId);
      } catch (error) {
        problem = describe(error);
        redraw();
      }
    };
    return [
      h('h1', { tabindex: -1 }, 'Place an order'),
      demo.scenarios.length ? h('section', { 'aria-labelledby': 'title-scenarios' },
        h('h2', { id: 'title-scenarios' }, 'Scenarios'),
        h('p', { class: 'soft' }, 'Each places an order whose id makes the demo fail where it says.'),
        h('div', { class: 'scenarios' }, demo.scenarios.map(({ name, title, orderIdPrefix, order }) => h('button', {
          type: 'button',
          key: name,
          onclick: () => place({ ...order, order_id: `${orderIdPrefix}${uniqueId()}` }),
        }, h('b', {}, name), h('span', {}, title))))) : null,
      h('section', { 'aria-labelledby': 'title-form' },
        h('h2', { id: 'title-form' }, 'Any order'),
        problem ? h('p', { class: 'problem', role: 'alert' }, problem) : null,
        h('form', {
          class: 'order-form',
          onsubmit: event => {
            event.preventDefault();
            void place(readForm(event.target, lines));
          },
        },
        input('order_id', 'Order id', { value: `4-${uniqueId()}`, maxlength: 64 }),
        input('customer_id', 'Customer', { value: 'customer-7f21', maxlength: 64 }),
        h('datalist', { id: 'stock' }, stock.map(({ itemId, quantity, location }) => h('option', { value: itemId }, `${quantity} at ${location}`))),
        lines.map((number, index) => h('fieldset', { key: `line-${number}` },
          h('legend', {}, `Line ${index + 1}`),
          input(`item-${number}`, 'Item', { value: stock[index % Math.max(1, stock.length)]?.itemId ?? '', list: 'stock', maxlength: 64 }),
          input(`qty-${number}`, 'Quantity', { value: '1', inputmode: 'numeric' }),
          input(`price-${number}`, 'Unit price', { value: '49.90', inputmode: 'decimal' }),
          input(`description-${number}`, 'Description', { value: '', maxlength: 200, required: false }),
          lines.length > 1 ? h('button', { type: 'button', onclick: () => { lines.splice(index, 1); redraw(); } }, `Remove line ${index + 1}`) : null)),
        h('div', { class: 'buttons' },
          h('button', { type: 'button', onclick: () => { lines.push(Math.max(...lines) + 1); redraw(); } }, 'Add a line'),
          h('button', { type: 'submit', class: 'primary' }, 'Place the order')))),
    ];
  }
}

const uniqueId = () => crypto.getRandomValues(new Uint32Array(2)).reduce((text, part) => text + part.toString(36), '').slice(0, 10);

const input = (name, label, { required = true, ...attributes }) => h('p', { class: 'field' },
  h('label', { for: `form-${name}` }, label, required ? null : h('span', { class: 'soft' }, ' (optional)')),
  h('input', { id: `form-${name}`, name, required, autocomplete: 'off', ...attributes }));

function readForm(form, lines) {
  const fields = new FormData(form);
  const text = name => fields.get(name).trim();
  // What is no number is sent as it is: the answer says what was expected.
  const number = name => text(name) !== '' && Number.isFinite(Number(text(name))) ? Number(text(name)) : text(name);
  return {
    order_id: text('order_id'),
    customer_id: text('customer_id'),
    items: lines.map(line => ({
      item_id: text(`item-${line}`),
      qty: number(`qty-${line}`),
      unit_price: number(`price-${line}`),
      ...(text(`description-${line}`) && { description: text(`description-${line}`) }),
    })),
  };
}
