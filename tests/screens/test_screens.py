"""The screens' addresses as a browser meets them."""

import json
import re

import pytest


def test_the_front_page_shows_the_gear_and_loads_the_widget(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "Pebble one-person tent" in page.text
    assert "€120" in page.text
    assert '<script type="module" src="/widget/cornerdesk.js">' in page.text
    assert "<cornerdesk-chat" in page.text


def test_a_product_page_tells_machines_what_it_sells(client):
    page = client.get("/products/pebble-tent").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (data["@type"], data["sku"], data["offers"]["price"]) == ("Product", "FF-TNT-1P", "120.00")
    assert data["description"].startswith("A small tent with <script>")


def test_what_a_page_says_is_never_markup(client):
    page = client.get("/products/pebble-tent").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page


def test_headings_are_addresses_and_the_title_stands_once(client):
    page = client.get("/products/pebble-tent").text
    assert '<h2 id="floor-weight">' in page
    assert page.count("<h1>") == 1


def test_help_pages_with_a_byte_order_mark_and_windows_line_ends(client):
    assert "Returns and refunds" in client.get("/help").text
    page = client.get("/help/refunds/short")
    assert "Sixty days." in page.text
    assert "2 January 2026" in page.text


@pytest.mark.parametrize(
    "path", ["/products/none", "/help/refunds/none", "/widget/none.js", "/desk/none.js", "/shop/front.html"]
)
def test_what_is_not_there(client, path):
    page = client.get(path)
    assert page.status_code == 404
    assert "does not exist" in page.text


@pytest.mark.parametrize(
    "path", ["/widget/../settings.py", "/widget/%2e%2e/settings.py", "/desk/..%2f..%2fpyproject.toml"]
)
def test_no_way_out_of_the_folders(client, path):
    assert client.get(path).status_code == 404


def test_the_widget_may_be_loaded_by_any_shop(client):
    answer = client.get("/widget/cornerdesk.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-encoding"] == "gzip"
    again = client.get("/widget/cornerdesk.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_without_gzip_the_same_bytes_plain(client):
    packed = client.get("/desk/desk.js", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/desk/desk.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == packed.content


def test_the_console_may_load_nothing_from_elsewhere(client):
    page = client.get("/desk")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_that_cannot_be_read_does_not_take_the_shop_down(client, pages):
    (pages / "broken.md").write_text("---\ntitle: [\n---\nx")
    (pages / "empty.md").write_text("")
    (pages / "untitled.md").write_text("---\nurl: /help/a/b\n---\nx")
    (pages / "inside.md").write_text("---\ntitle: Inside\nurl: /help/a/inside\naudience: agents\n---\nx")
    assert client.get("/").status_code == 200
    assert client.get("/help/a/inside").status_code == 404
