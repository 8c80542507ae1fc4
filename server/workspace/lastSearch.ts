/**
 * Searches that go one after the other, since they share a session. The last answer is kept: an editor asks for
 * actions, and then again for the one that was chosen.
 */
export class LastSearch<T> {
  private key = "";
  private answer: Promise<T | undefined> = Promise.resolve(undefined);

  of(key: string, search: () => Promise<T | undefined>): Promise<T | undefined> {
    if (this.key === key) return this.answer;
    this.key = key;
    this.answer = this.answer.catch(() => undefined).then(search);
    return this.answer;
  }
}
