"""Which addresses may be named, and which may be connected to once they are looked up."""

import pytest

from quiz.hooks.guard import Target, is_public, read_address

INNER = [
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1%eth0",
    "nonsense",
    "1.2.3",
]
PUBLIC = [
    "1.1.1.1",
    "113.160.0.1",
    "8.8.8.8",
    "172.32.0.1",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2606:4700::1111",
    "2401:d800::1",
]


@pytest.mark.parametrize("address", INNER)
def test_never_connected_to(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_of_the_open_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address, what",
    [
        ("https://tin.example.vn/nhan?ma=1&x=2", Target("tin.example.vn", 443, "/nhan?ma=1&x=2", True)),
        ("https://tin.example.vn", Target("tin.example.vn", 443, "/", True)),
        ("https://tin.example.vn:8443/a", Target("tin.example.vn", 8443, "/a", True)),
        ("https://báo.vn/tin", Target("xn--bo-mia.vn", 443, "/tin", True)),
        ("https://1.1.1.1/", Target("1.1.1.1", 443, "/", True)),
        ("http://tin.example.vn/", "address_not_https"),
        ("ftp://tin.example.vn/", "address_not_https"),
        ("http://localhost:9000/", "address_not_https"),
        ("//tin.example.vn/", "address_not_https"),
        ("https://tin.example.vn:22/", "address_port"),
        ("https://tin.example.vn:80/", "address_port"),
        ("https://tin.example.vn:99999/", "address_unreadable"),
        ("https://an:mat-khau@tin.example.vn/", "address_with_more"),
        ("https://@tin.example.vn/", "address_with_more"),
        ("https://tin.example.vn/#dau", "address_with_more"),
        ("https://tin.example.vn/a b", "address_unreadable"),
        ("https://tin.example.vn/\r\nHost: x", "address_unreadable"),
        ("https://tin.example.vn\\@10.0.0.1/", "address_unreadable"),
        ("https:///nhan", "address_unreadable"),
        ("https://tin.example.vn/đường", "address_unreadable"),
        ("https://[::1]/", "address_inner"),
        ("https://[fe80::1%25eth0]/", "address_inner"),
        ("https://127.0.0.1/", "address_inner"),
        ("https://169.254.169.254/latest/meta-data", "address_inner"),
        ("https://localhost/", "address_inner"),
        ("https://may-chu/", "address_inner"),
        ("https://db.internal/", "address_inner"),
        ("https://a.localhost./", "address_inner"),
        ("", "address_unreadable"),
        ("https://tin.example.vn/" + "a" * 300, "address_unreadable"),
    ],
)
def test_addresses_as_they_are_typed(address, what):
    assert read_address(address) == what


def test_this_machine_in_development_only():
    assert read_address("http://127.0.0.1:9000/x", loopback_ok=True) == Target(
        "127.0.0.1", 9000, "/x", False, True
    )
    assert read_address("http://[::1]:9000/", loopback_ok=True) == Target("::1", 9000, "/", False, True)
    for other in ("http://10.0.0.1/", "http://tin.example.vn/", "http://127.0.0.1.example.vn/"):
        assert read_address(other, loopback_ok=True) == "address_not_https"
    assert read_address("https://10.0.0.1/", loopback_ok=True) == "address_inner"
