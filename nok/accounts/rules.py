"""How long a door stays shut after failures, what a password must be, and what a browser calls itself."""

import re
from datetime import date

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


def browser_of(user_agent: str) -> tuple[str, str]:
    """Return the browser and the system that a User-Agent header names, '' for what it does not name."""

    def first(names: dict[str, str]) -> str:
        return next((name for word, name in names.items() if word in user_agent), "")

    return first(BROWSERS), first(SYSTEMS)


def days_left(expires_on: date | None, today: date) -> int | None:
    """Return the days until a license expires: 0 on its last day, negative after it, None when it does not expire."""
    return None if expires_on is None else (expires_on - today).days


# In this order: most browsers name those that came before them, too.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "FxiOS": "Firefox", "Firefox": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari", "Trident": "Internet Explorer",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Macintosh": "Mac",
    "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip
COMMON = frozenset(
    {
        "1234567890", "12345678910", "0123456789", "0987654321", "qwertyuiop", "password12", "password123",
        "password1234", "letmein123", "iloveyou12", "acupuncture", "acupuncture1", "1q2w3e4r5t", "adminadmin",
        "welcome123", "changeme123", "qwerty1234", "abcdefghij", "passw0rd123", "netofknowledge",
    }
)  # fmt: skip
