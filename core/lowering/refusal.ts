/** Thrown by a rule that cannot lower what it is given; whoever called the rule turns it into the row's reason. */
export class Refusal extends Error {}

/** `reason` is said to the user as it stands: a sentence without its full stop. */
export function refuse(reason: string): never {
  throw new Refusal(reason);
}
