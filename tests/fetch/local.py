"""A server on this machine that behaves as it is told, and tables in BLS's layout to serve."""

import contextlib
import csv
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"


def slice_path(year, area, period="a"):
    return f"/cew/data/api/{year}/{period}/area/{area}.csv"


def rows_of(year, area):
    """Return the sample's header and the rows of one area and year."""
    with (SAMPLES / f"{year}.annual.synthetic.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return [header, *(row for row in rows if row[0] == area)]


def as_csv(rows):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def table(year=2023, area="98001"):
    """Return one area slice as bytes."""
    return as_csv(rows_of(year, area))


@dataclass
class Answer:
    """One answer: ``cut`` sends that many bytes of the body and hangs up, ``stall`` waits first."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    cut: int | None = None
    stall: float = 0.0
    drip: float = 0.0
    measured: bool = True
    act: Callable[[], None] | None = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers))
        planned = self.server.answers.get(self.path, [Answer(status=404)])
        answer = planned.pop(0) if len(planned) > 1 else planned[0]
        answer = answer(headers) if callable(answer) else answer
        if answer.act:
            answer.act()
        self.server.released.wait(answer.stall)
        self._send(answer)

    def _send(self, answer):
        self.send_response(answer.status)
        given = dict(answer.headers)
        if answer.measured and answer.status != 304:
            given.setdefault("Content-Length", str(len(answer.body)))
        else:
            self.close_connection = True
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        body = answer.body if answer.cut is None else answer.body[: answer.cut]
        size = 200 if answer.drip else max(len(body), 1)
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.server.released.wait(answer.drip)
        if answer.cut is not None:
            self.close_connection = True

    def handle(self):
        # The client hangs up on some of these answers, as it should.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """``answers[path]`` is a list: each is given once, the last one for ever."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.answers = {}
        self.released = threading.Event()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def paths(self):
        return [path for path, _ in self.asked]

    def serve(self, year, area, *answers, period="a"):
        """Set what one slice's path answers; without answers, its table."""
        path = slice_path(year, area, period)
        self.answers[path] = list(answers) or [Answer(table(year, area))]

    def resumable(self, year, area, first, etag='"v1"', **more):
        """Set a path to a table that breaks off after ``first`` bytes and takes up where asked."""
        body = more.pop("body", None) or table(year, area)

        def rest(headers):
            asked = headers.get("range", "")
            if not asked or headers.get("if-range") != etag:
                return Answer(body, headers={"ETag": etag})
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            span = f"bytes {start}-{len(body) - 1}/{len(body)}"
            return Answer(body[start:], 206, {"ETag": etag, "Content-Range": span})

        cut = Answer(body, headers={"ETag": etag, **more}, cut=first)
        self.answers[slice_path(year, area)] = [cut, rest]
