from web.use_cases.memory import Memory


def test_what_was_kept_is_given_again() -> None:
    memory = Memory[str, int](2)
    memory.keep("a", 1)
    assert (memory.of("a"), memory.of("b")) == (1, None)


def test_what_nobody_asked_for_longest_makes_room() -> None:
    memory = Memory[str, int](2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    assert memory.of("a") == 1
    memory.keep("c", 3)
    assert [memory.of(key) for key in "abc"] == [1, None, 3]


def test_what_is_kept_anew_takes_one_place() -> None:
    memory = Memory[str, int](2)
    for number in range(3):
        memory.keep("a", number)
    memory.keep("b", 3)
    assert [memory.of(key) for key in "ab"] == [2, 3]
