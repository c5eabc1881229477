// How amounts, times and lengths of time are written.

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const DAY = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const money = ({ amount, currency }) => new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);

export const time = at => DAY.format(new Date(at));

export const clock = at => CLOCK.format(new Date(at));

/** A length of time in its two largest units; its parts below a millisecond are left out. */
export function length(milliseconds) {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return join(minutes, 'min', Math.floor(ms / 1000) % 60, 's');
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? join(hours, 'h', minutes % 60, 'min') : join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

const join = (large, largeUnit, small, smallUnit) => `${large} ${largeUnit}${small ? ` ${small} ${smallUnit}` : ''}`;

export const since = (at, now) => length(now - new Date(at));

/** A countdown: how long until a time, or that it has passed. */
export const until = (at, now) => new Date(at) > now ? `in ${length(new Date(at) - now)}` : 'now';

export const items = list => list.map(item => `${item.quantity} × ${item.itemId}`).join(', ');

/** A name in camel case, as words for people. */
export const words = name => name.replace(/([a-z])([A-Z])/g, '$1 $2');
