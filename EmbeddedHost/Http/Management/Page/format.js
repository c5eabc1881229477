// How times, lengths of time and values are written.

const DAY = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const time = at => DAY.format(new Date(at));

/** A length of time in milliseconds, in its two largest units. */
export function length(milliseconds) {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const [minutes, hours, days] = [60_000, 3_600_000, 86_400_000].map(unit => Math.floor(ms / unit));
  if (hours === 0) return `${minutes} min ${Math.floor(ms / 1000) % 60} s`;
  return days === 0 ? `${hours} h ${minutes % 60} min` : `${days} d ${hours % 24} h`;
}

/** A value as JSON for people; a text as it is. */
export const text = value => typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** A value in one short line. */
export function line(value) {
  const whole = typeof value === 'string' ? value : JSON.stringify(value);
  return whole.length > 80 ? `${whole.slice(0, 80)}…` : whole;
}
