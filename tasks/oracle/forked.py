"""Runs a function in a forked child, so that neither what it does to the process nor its time can harm the run."""

import json
import os
import select
import signal
import sys
import time
import traceback


def forked(seconds, body):
    """What `body()` gives, through JSON, and None; or None and why there is no answer."""
    read, write = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        code = 0
        try:
            answer = body()
            with os.fdopen(write, "w") as pipe:
                json.dump(answer, pipe)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            code = 1
        os._exit(code)
    os.close(write)
    text, end = b"", time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([read], [], [], max(0, end - time.monotonic()))
        chunk = os.read(read, 65536) if ready else None
        if not chunk:
            break
        text += chunk
    os.close(read)
    if chunk is None:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    if text:
        return json.loads(text), None
    return None, f"took more than {seconds} s" if chunk is None else f"ended with status {status}"
