#!/usr/bin/env python3
"""Has a station inspect images, and keeps the heat maps of anomalous ones. Needs Python alone.

    UNIASS_TOKEN=... ./inspect.py http://127.0.0.1:8080/uniass line3 part.png ...
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request


def call(url, body=None):
    """Answers a response's body; waits and tries again if the station is full."""
    request = urllib.request.Request(url, data=body)
    if "UNIASS_TOKEN" in os.environ:
        request.add_header("Authorization", "Bearer " + os.environ["UNIASS_TOKEN"])
    if body is not None:
        request.add_header("Content-Type", "application/octet-stream")
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            if error.code != 429:
                problem = json.load(error)
                sys.exit("%s: %s" % (problem["title"], problem["detail"]))
            time.sleep(int(error.headers["Retry-After"]))


def main(base, station, *images):
    for image in images:
        with open(image, "rb") as file:
            result = json.loads(call(f"{base}/api/v1/stations/{station}/inspect", file.read()))
        print(image, result["verdict"], result["score"], sep="\t")
        if result["verdict"] == "anomalous":
            with open(result["id"] + ".png", "wb") as file:
                file.write(call(f"{base}/api/v1/results/{result['id']}/overlay"))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
