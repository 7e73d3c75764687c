"""One process full of makers who all press at the same moment. Reads its makers from standard input."""

import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode


def answer(port: int, number: int, maker: dict) -> list[int]:
    """What this maker does, by its number: most take all, some take less, some decline, some press twice."""
    kind = number % 5
    path, typed = f"/b/{maker['secret']}/sanggup/", {"digits": maker["digits"]}
    if kind == 3 and maker["quantity"] > 1:
        path, typed = f"/b/{maker['secret']}/sebagian/", typed | {"quantity": str(maker["quantity"] // 2)}
    elif kind == 4:
        path = f"/b/{maker['secret']}/tidak/"
    times = 2 if kind == 0 else 1
    return [post(port, path, typed, number) for _ in range(times)]


def post(port: int, path: str, typed: dict, number: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.{number // 250}.0.{number % 250}",
    }
    connection.request("POST", path, urlencode(typed), headers)
    response = connection.getresponse()
    response.read()
    return response.status


def main() -> None:
    port, begin = int(sys.argv[1]), float(sys.argv[2])
    makers = json.load(sys.stdin)
    with ThreadPoolExecutor(len(makers)) as pool:
        time.sleep(max(0.0, begin - time.time()))
        statuses = pool.map(lambda pair: answer(port, *pair), makers)
        print(json.dumps(Counter(status for several in statuses for status in several)))


main()
