from pathlib import Path
from typing import Any

import pytest

from web.config import Config, ConfigError, load


def _write(folder: Path, text: str) -> Path:
    file = folder / "handrail.toml"
    file.write_text(text)
    return file


def test_without_settings_everything_has_a_default(tmp_path: Path) -> None:
    config = load({}, {"data": tmp_path})
    assert config == Config(data=tmp_path)
    assert (config.store, config.address) == (f"sqlite:///{tmp_path}/handrail.db", "http://127.0.0.1:8000")
    assert (config.guides / "late-payment.yaml").is_file()


def test_flags_come_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    _write(tmp_path, 'port = 1\nthreads = 1\nlocale = "de"\ntime_zone = "Europe/Berlin"')
    environment = {"HANDRAIL_DATA": str(tmp_path), "HANDRAIL_PORT": "2", "HANDRAIL_THREADS": "2", "HANDRAIL_OTHER": "x"}
    config = load(environment, {"port": 3, "host": None})
    assert (config.port, config.threads, config.locale, config.time_zone) == (3, 2, "de", "Europe/Berlin")
    assert config.host == "127.0.0.1"


def test_the_file_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text('database_url = "postgresql://host/db"\nsecure_cookie = true\ncurrency = "EUR"')
    config = load({"HANDRAIL_CONFIG": str(file)})
    assert (config.store, config.secure_cookie, config.currency) == ("postgresql://host/db", True, "EUR")


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="HANDRAIL_CONFIG names it"):
        load({"HANDRAIL_CONFIG": str(tmp_path / "none.toml")})


def test_every_mistake_is_told_at_once_in_plain_words(tmp_path: Path) -> None:
    file = _write(tmp_path, 'port = "eighty"\nthreds = 4\nxyzzy = 1\nlocale = 3')
    with pytest.raises(ConfigError) as refused:
        load({"HANDRAIL_TIME_ZONE": "Mars/Base"}, {"data": tmp_path})
    assert sorted(refused.value.mistakes) == sorted(
        [
            f"{file}: 'threds' is not a setting; did you mean 'threads'?",
            f"{file}: 'xyzzy' is not a setting; settings are {', '.join(Config.__slots__)}.",
            f"port (from {file}): 'eighty' is not a whole number from 0 to 65535.",
            f"locale (from {file}): write it as text in quotes, not 3.",
            "time_zone (from the environment): 'Mars/Base' is not a time zone; write one like Europe/Berlin.",
        ]
    )


def test_settings_for_guides_are_a_table_of_plain_values(tmp_path: Path) -> None:
    _write(tmp_path, '[settings]\ncompany = "Acme"\nrate = 8.50\nfloor = 5\nsince = 2026-01-01\nopen = true')
    found = load({"HANDRAIL_DATA": str(tmp_path)}).settings
    assert found == {"company": "Acme", "rate": "8.50", "floor": 5, "since": "2026-01-01", "open": True}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('settings = "x"', "write it as a table"),
        ('[settings]\n"Our Rate" = 1', "not a name for a setting"),
        ("[settings]\nrates = [1]", "neither text, a number"),
        ("[settings]\nat = 2026-01-01T10:00:00", "neither text, a number"),
    ],
)
def test_settings_that_no_field_could_hold_are_refused(tmp_path: Path, text: str, words: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(ConfigError, match=words):
        load({"HANDRAIL_DATA": str(tmp_path)})


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    file = _write(tmp_path, "port 8000")
    with pytest.raises(ConfigError, match=f"^{file}: cannot be read as TOML"):
        load({}, {"data": tmp_path})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "65536"), ("port", "-1"), ("port", "1.5"), ("workers", "0"), ("threads", "x"), ("currency", "euro"),
        ("currency", "eur"), ("secure_cookie", "maybe"), ("url", "handrail.example"), ("time_zone", "../etc/passwd"),
        ("time_zone", "/etc/passwd"), ("proxies", "9"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=rf"^{name} \(from the environment\): '.*' is"):
        load({f"HANDRAIL_{name.upper()}": value}, {"data": tmp_path})


@pytest.mark.parametrize(
    ("settings", "secure"),
    [
        ({}, False),
        ({"host": "localhost"}, False),
        ({"host": "::1"}, False),
        ({"host": "0.0.0.0"}, True),
        ({"host": "handrail.example"}, True),
        ({"url": "https://handrail.example"}, True),
        ({"url": "http://handrail.example", "host": "0.0.0.0"}, False),
        ({"host": "0.0.0.0", "secure_cookie": False}, False),
    ],
)
def test_the_cookie_is_for_https_only_unless_on_loopback(settings: dict[str, Any], secure: bool) -> None:
    assert Config(**settings).cookie_is_secure is secure


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"host": "::1", "port": 1}, "http://[::1]:1"),
        ({"url": "https://handrail.example/"}, "https://handrail.example"),
    ],
)
def test_the_address_is_what_a_browser_takes(settings: dict[str, Any], address: str) -> None:
    assert Config(**settings).address == address
