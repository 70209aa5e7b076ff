"""How long a door stays shut after failures, and what a password must be."""

import re

FORGET_SECONDS = 15 * 60  # failures older than this count no more
LONGEST_WAIT = 15 * 60
MIN_PASSWORD = 10

# Free failures before waiting begins. One person at one computer; one computer; one account from anywhere: that last
# is generous and short, or anyone could shut anyone else out.
# Registrations send mail: three to one address, then ever fewer, or anyone could fill anyone's inbox.
FREE = {"pair": 5, "network": 30, "account": 50, "mail": 3}


def wait_seconds(door: str, failures: int, since_last: float) -> int:
    """Return how many seconds the next try must still wait: 0, then 2, 4, 8 … up to 15 minutes (an account: 60 s)."""
    if since_last > FORGET_SECONDS or failures < FREE[door]:
        return 0
    most = 60 if door == "account" else LONGEST_WAIT
    pause = min(2 ** min(failures - FREE[door] + 1, 12), most)
    return max(0, round(pause - since_last))


def is_slug(text: str) -> bool:
    """Whether the text can stand in an address as a name."""
    return re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None


def password_problem(password: str, email: str) -> str | None:
    """Return "short", "common", "email" or None. Length decides (NIST SP 800-63B); no classes of characters."""
    folded = password.casefold()
    if len(password) < MIN_PASSWORD:
        return "short"
    if len(set(folded)) < 4 or folded in COMMON:  # noqa: PLR2004  "aaaaaaaaaa", "abababababab"
        return "common"
    if email and (folded == email.casefold() or folded == email.partition("@")[0].casefold()):
        return "email"
    return None


COMMON = frozenset(
    {
        "1234567890", "12345678910", "0123456789", "0987654321", "qwertyuiop", "password12", "password123",
        "password1234", "letmein123", "iloveyou12", "acupuncture", "acupuncture1", "1q2w3e4r5t", "adminadmin",
        "welcome123", "changeme123", "qwerty1234", "abcdefghij", "passw0rd123", "netofknowledge",
    }
)  # fmt: skip
