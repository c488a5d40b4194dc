import ipaddress

import pytest
from scrapy.exceptions import IgnoreRequest, UnsupportedURLSchemeError

from archive.errors import SettingError
from archive.links import Outcome
from crawler.causes import cause_of, outcome_of, outcome_of_status
from crawler.middlewares.addresses import PrivateAddress, is_private, networks


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0", "fd00::1"]
)
def test_an_address_of_our_own_network_is_private(host: str) -> None:
    assert is_private(host, ())


@pytest.mark.parametrize("host", ["8.8.8.8", "2606:4700::1111", "example.org", "thekootneeti.in"])
def test_public_addresses_and_names_are_not(host: str) -> None:
    assert not is_private(host, ())


def test_an_operator_may_allow_an_address() -> None:
    assert not is_private("127.0.0.1", networks(["127.0.0.0/8"]))
    assert networks(["10.0.0.1"]) == (ipaddress.ip_network("10.0.0.1/32"),)


def test_a_wrong_address_is_the_users_mistake() -> None:
    with pytest.raises(SettingError, match="DRAGOMAN_ALLOWED_ADDRESSES"):
        networks(["localhost"])


@pytest.mark.parametrize(
    ("error", "outcome", "cause"),
    [
        (IgnoreRequest("Forbidden by robots.txt"), Outcome.BLOCKED, "robots.txt"),
        (IgnoreRequest("max redirections reached"), Outcome.FAILED, "redirect loop"),
        (PrivateAddress("private address 10.0.0.1"), Outcome.REFUSED, "private address 10.0.0.1"),
        (UnsupportedURLSchemeError("ftp"), Outcome.REFUSED, "unsupported scheme"),
        (ConnectionResetError(), Outcome.FAILED_TEMPORARILY, "ConnectionResetError"),
    ],
)
def test_each_way_to_fail_has_its_outcome_and_cause(error: Exception, outcome: Outcome, cause: str) -> None:
    assert (outcome_of(error), cause_of(error)) == (outcome, cause)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "failed"),
        (410, "failed"),
        (403, "failed_temporarily"),
        (429, "failed_temporarily"),
        (503, "failed_temporarily"),
    ],
)
def test_each_answer_has_its_outcome(status: int, outcome: str) -> None:
    assert outcome_of_status(status) == outcome
