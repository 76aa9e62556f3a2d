from argon2 import PasswordHasher

from web.use_cases.passwords import Passwords

OLD = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
NEW = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
PASSWORD = "correct horse battery"


def test_hashes_are_argon2id_and_never_the_same_twice() -> None:
    hashes = {Passwords().hashed(PASSWORD, "Ann") for _ in range(2)}
    assert [hashed.split("$")[1] for hashed in hashes] == ["argon2id", "argon2id"]


def test_only_the_password_fits_its_hash() -> None:
    hashed = OLD.hashed(PASSWORD, "Ann")
    assert [OLD.fits(tried, hashed) for tried in (PASSWORD, "wrong", "", "x" * 10_000)] == [True, False, False, False]


def test_nothing_fits_where_there_is_no_hash_or_a_broken_one() -> None:
    assert [OLD.fits(PASSWORD, hashed) for hashed in (None, "", "nonsense")] == [False, False, False]


def test_a_hash_of_another_cost_is_renewed() -> None:
    hashed = OLD.hashed(PASSWORD, "Ann")
    renewed = NEW.renewed(PASSWORD, hashed)
    assert OLD.renewed(PASSWORD, hashed) is None
    assert renewed is not None
    assert NEW.fits(PASSWORD, renewed)


def test_a_password_fits_however_its_accents_were_typed() -> None:
    assert OLD.fits("un été très long", OLD.hashed("un e\u0301te\u0301 tre\u0300s long", "Ann"))
