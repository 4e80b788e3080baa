"""How much of a machine a desk takes: memory a process, seconds to healthy, and what the widget loads."""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.report import finish, show
from scripts.surroundings import ROOT
from scripts.temporary import TemporaryDesk, temporary_desk
from scripts.training import model_path

PROCESSES = ("knowledge", "actions", "engine", "bridge")
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
OPENINGS = 5


def resident_mb(pid: int) -> float:
    """Give a process's resident memory and its children's, in MB (10^6 bytes)."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        fields = _fields(status)
        if int(fields.get("Pid", 0)) == pid or int(fields.get("PPid", 0)) == pid:
            total += int(fields.get("VmRSS", "0 kB").split()[0]) * 1024 / 1e6
    return round(total, 1)


def _fields(status: Path) -> dict[str, str]:
    try:
        pairs = (line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return {name: value.strip() for name, value in pairs}
    except OSError:
        return {}  # The process ended meanwhile.


def widget_files(page: Page, url: str) -> dict[str, int]:
    """Open the demo shop and the widget; gives the gzipped bytes of each file that the widget loads."""
    bodies: dict[str, bytes] = {}

    def keep(response: Response) -> None:
        if "/widget/" in response.url and response.status == 200:
            bodies[response.url.split("/widget/")[1].split("?")[0]] = response.body()

    page.on("response", keep)
    page.goto(url, wait_until="networkidle")
    _open(page)
    # Read only where another language than English is wanted; counted for everybody.
    with page.expect_response("**/texts/others.js"):
        page.evaluate("import('/widget/texts/others.js').then(() => 0)")
    return {name: len(gzip.compress(body, 9)) for name, body in sorted(bodies.items())}


def _open(page: Page) -> None:
    page.evaluate("document.querySelector('cornerdesk-chat').shadowRoot.querySelector('button').click()")


def first_paint_ms(page: Page, url: str) -> float:
    """Give the median time from the click on the launcher to the opened panel's first frame, in milliseconds."""
    times = []
    for _ in range(OPENINGS):
        page.goto(url, wait_until="networkidle")
        page.evaluate("sessionStorage.clear()")
        times.append(
            page.evaluate(
                """() => new Promise(done => {
                    const started = performance.now();
                    document.querySelector('cornerdesk-chat').shadowRoot.querySelector('button').click();
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
                })"""
            )
        )
    return round(sorted(times)[len(times) // 2], 1)


def in_a_browser(url: str) -> dict[str, Any]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("No Chromium was found: the widget is not measured.")
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        files = widget_files(browser.new_page(), url)
        paint = first_paint_ms(browser.new_page(), url)
        browser.close()
    show("The widget's files, gzipped", {name: {"bytes": size} for name, size in files.items()})
    return {
        "widget_gzip_bytes": sum(files.values()),
        "widget_requests": len(files),
        "first_paint_ms": paint,
    }


def memory(desk: TemporaryDesk) -> dict[str, float]:
    return {name: resident_mb(desk.services.pid(name)) for name in PROCESSES}


def _trained() -> bool:
    return model_path(ROOT / "var" / "models", os.environ).exists()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    if not _trained():
        with temporary_desk():
            pass  # A start that trains says nothing about an ordinary one.
    started = time.perf_counter()
    with temporary_desk() as desk:
        healthy_s = round(time.perf_counter() - started, 1)
        result = {**in_a_browser(desk.url), "rss_mb": memory(desk), "healthy_s": healthy_s}
    show("Resident memory", {name: {"MB": size} for name, size in result["rss_mb"].items()})
    show("The rest", {name: {"": value} for name, value in result.items() if not isinstance(value, dict)})
    finish(result, words.json)


if __name__ == "__main__":
    main()
