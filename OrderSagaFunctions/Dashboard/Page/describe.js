// What a refusal says, in words.

/** What went wrong, with the decision that stands where somebody else was first. */
export function describe(error) {
  const { title, decision, errors } = error.problem ?? {};
  if (errors) return errors.map(({ field, expected, found }) => `${field}: expected ${expected}, found ${found}.`).join(' ');
  const stands = decision && !decision.timedOut
    ? ` ${decision.approved ? 'Approved' : 'Rejected'} by ${decision.reviewer}${decision.comment ? `: “${decision.comment}”` : ''}.`
    : '';
  return `${title ? `${title}. ` : ''}${error.message}${stands}`;
}
