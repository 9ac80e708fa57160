"""A small real server that stands in for a judge model, and answers that are shown to it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from grpo_rewards import CallLimits

QUICK = CallLimits(at_once=8, seconds=5.0, batch_seconds=20.0, retries=2, backoff=0.01)
SAME = "What is 6 * 7?"


def laid_out(answer):
    return f"So it is.<end_working_out><SOLUTION>{answer}</SOLUTION>"


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server that does with each prompt what a test says."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.prompts, self.bodies, self.headers = [], [], []
        self.waiting, self.most, self.lock = 0, 0, threading.Lock()
        self.behave = lambda prompt, number: "no"
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def stop(self):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request; a behaviour returns a reply's text, or writes what it likes by itself."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        prompt = body["messages"][-1]["content"]
        with server.lock:
            server.prompts.append(prompt)
            server.bodies.append(body)
            server.headers.append(dict(self.headers))
            number = len(server.prompts)
            server.waiting += 1
            server.most = max(server.most, server.waiting)
        try:
            said = server.behave(prompt, number)
            if callable(said):
                said(self)
            else:
                self.reply(said)
        finally:
            with server.lock:
                server.waiting -= 1

    def reply(self, text, *, status=200, ended="stop"):
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": ended}
        self.raw(json.dumps({"choices": [choice]}).encode(), status=status)

    def raw(self, content, *, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def ask(judge, answers, gold="42", **columns):
    texts = [laid_out(answer) for answer in answers]
    golds = [gold] * len(texts)
    return judge(texts, answer=golds, prompts=[SAME] * len(texts), **columns)


def write(content, status=200):
    return lambda handler: handler.raw(content, status=status)
