/** A worker as it is seen from outside. */
export interface Channel<J, R> {
  post(job: J): void;
  /** Either comes once for each job, unless the worker dies by itself. */
  listen(onResult: (result: R) => void, onDeath: (why: string) => void): void;
  /** It may go once it has nothing left to do. */
  end(): void;
}

/**
 * Does the jobs in so many workers, each the next job once it is free; the results come in the order of the jobs.
 * Where a worker dies `lost` is the result of the job that it had, and another worker goes on with the others.
 */
export async function* inWorkers<J, R>(
  jobs: readonly J[],
  count: number,
  spawn: () => Channel<J, R>,
  lost: (job: J, why: string) => R,
): AsyncGenerator<R> {
  const results = jobs.map(() => later<R>());
  const queue = jobs.entries();
  const begin = (): void => {
    let taken = queue.next();
    if (taken.done === true) return;
    const channel = spawn();
    let isOver = false;
    const next = (): void => {
      if (taken.done === true) channel.end();
      else channel.post(taken.value[1]);
    };
    channel.listen(
      (result) => {
        if (taken.done === true) return;
        results[taken.value[0]]?.resolve(result);
        taken = queue.next();
        next();
      },
      (why) => {
        if (isOver || taken.done === true) return;
        isOver = true;
        const [index, job] = taken.value;
        results[index]?.resolve(lost(job, why));
        begin();
      },
    );
    next();
  };
  for (let i = 0; i < Math.min(count, jobs.length); i++) begin();
  for (const { promise } of results) yield await promise;
}

function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((it) => {
    resolve = it;
  });
  return { promise, resolve };
}
