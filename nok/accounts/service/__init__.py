"""The verbs of accounts: register, confirm, sign in and out, change the profile."""

from nok.accounts.service.passwords import hash_password
from nok.accounts.service.people import add_person, change_profile, present_teacher, set_role, shut_demo_accounts
from nok.accounts.service.registration import CONFIRM_SECONDS, confirm, register
from nok.accounts.service.signing_in import SIGN_IN_DAYS, check_password, end_sign_in, start_sign_in

__all__ = [
    "CONFIRM_SECONDS",
    "SIGN_IN_DAYS",
    "add_person",
    "change_profile",
    "check_password",
    "confirm",
    "end_sign_in",
    "hash_password",
    "present_teacher",
    "register",
    "set_role",
    "shut_demo_accounts",
    "start_sign_in",
]
