"""Names of computers on the net, as e-mail and web addresses hold them."""

import re

LONGEST = 253
"""Characters a name has at most (RFC 1035 §2.3.4), as the net writes it."""

_NAME = re.compile(r"(?!-)[a-z0-9-]+(?<!-)(?:\.(?!-)[a-z0-9-]+(?<!-))*")


def as_on_the_net(name: str) -> str:
    """The name in ASCII and small letters, so that `bücher.example` is `xn--bcher-kva.example`; "" if it is none."""
    try:
        written = name.encode("idna").decode().lower() if len(name) <= LONGEST else ""
    except UnicodeError:
        return ""
    return written if len(written) <= LONGEST and _NAME.fullmatch(written) else ""
