// Elements are made anew with each drawing, and what is on the page is brought in line with them: what has not changed
// keeps its focus, its scroll position and whether it is unfolded. Texts are only ever set as text.

const SVG = 'http://www.w3.org/2000/svg';
const HANDLERS = ['onclick', 'onkeydown', 'onsubmit', 'onchange'];

/** Makes an HTML element. `key` tells siblings apart, `on…` are handlers, `style` is an object; null, undefined and false are left out. */
export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);

/** Makes an SVG element. */
export const s = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'style') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else if (name.startsWith('on')) element[name] = value;
    else if (name === 'key') element.dataset.key = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Brings an element's children in line with the given ones. */
export function draw(parent, ...nodes) {
  patchChildren(parent, build(document.createElement('div'), {}, nodes));
}

function patchChildren(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.childNodes) if (child.dataset?.key) keyed.set(child.dataset.key, child);
  let place = parent.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = next.dataset?.key;
    const old = key ? keyed.get(key) : place;
    if (old && old.parentNode === parent && isSame(old, next)) {
      if (old === place) place = place.nextSibling;
      else parent.insertBefore(old, place);
      patch(old, next);
    } else {
      parent.insertBefore(next, place);
    }
  }
  while (place) {
    const rest = place;
    place = place.nextSibling;
    rest.remove();
  }
}

const isSame = (old, next) => old.nodeName === next.nodeName && old.dataset?.key === next.dataset?.key;

function patch(old, next) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (name === 'style') old.style.cssText = next.style.cssText;
    else old.setAttribute(name, value);
    // What an input shows is not its attribute any more, once somebody has typed.
    if (name === 'value' && 'value' in old) old.value = value;
  }
  for (const handler of HANDLERS) if (old[handler] !== next[handler]) old[handler] = next[handler];
  patchChildren(old, next);
}
